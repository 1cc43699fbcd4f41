import { runVerifier } from './command.ts';

process.exitCode = await runVerifier(process.argv);
