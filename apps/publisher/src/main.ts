import { runPublisher } from './command.ts';

// kafkajs sets a timer to the past at its first request; Node would tell the person who publishes.
process.removeAllListeners('warning').on('warning', (warning) => warning.name === 'TimeoutNegativeWarning' || process.stderr.write(`${warning.stack}\n`));

process.exitCode = await runPublisher(process.argv);
