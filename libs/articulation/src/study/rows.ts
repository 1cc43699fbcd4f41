import { type Fault, StorableText, faultsOf } from '@mcr/event-kit';
import { z } from 'zod';

const Name = StorableText.trim().min(1).max(200);
const Course = StorableText.trim().min(1).max(40);

/** What a receiver asks for, and any of the lists of a college's courses that it takes for it. No list: not articulated. */
const StudyRow = z.object({
  receiver: Name,
  group: Name,
  set: Name,
  required: z.int().min(1).max(50),
  receiving: Name,
  options: z.array(z.array(Course).min(1).max(20)).max(100),
});
export type StudyRow = z.infer<typeof StudyRow>;

/** Articulation as a study compiled it: colleges with their courses, the credit of these, and what receivers take for them. */
const Study = z.object({
  colleges: z
    .array(z.object({ college: Name, courses: z.record(Course, z.number().positive().max(60)), rows: z.array(StudyRow).max(20_000) }))
    .min(1)
    .max(2_000),
});
export type Study = z.infer<typeof Study>;

/** Checks what a file holds. The faults say where, as pointers into it. */
export function readStudy(value: unknown): { readonly study: Study } | { readonly faults: readonly Fault[] } {
  const parsed = Study.safeParse(value);
  return parsed.success ? { study: parsed.data } : { faults: faultsOf(parsed.error, value) };
}
