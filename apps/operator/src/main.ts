import { runOperator } from './command.ts';

process.exitCode = await runOperator(process.argv);
