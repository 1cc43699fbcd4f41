import { lockFile } from '../folder-lock.ts';

/** A process that takes a lock and keeps it until its input ends, or says who has it. */
const [file] = process.argv.slice(2);
try {
  await lockFile(file!);
  console.log('taken');
  process.stdin.resume().once('end', () => process.exit(0));
} catch (error) {
  console.log((error as Error).message);
}
