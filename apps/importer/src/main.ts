import { runImporter } from './command.ts';

process.exitCode = await runImporter(process.argv);
