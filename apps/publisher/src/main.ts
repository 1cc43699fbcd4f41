import { runPublisher } from './command.ts';

process.exitCode = await runPublisher(process.argv);
