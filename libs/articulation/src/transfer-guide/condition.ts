import type { ListedCode } from '../proposal.ts';

export type Condition =
  | { readonly minGrade: number | undefined }
  | { readonly code: Extract<ListedCode, 'CONDITION_UNCLEAR' | 'GRADE_IN_LETTERS'>; readonly message: string; readonly hint: string };

const NOTHING = /^(|none|n\/a|-)$/i;
const PERCENT =
  /^(?:(?:a )?min(?:imum|\.)?(?: grade)?(?: of|:)?|grade of(?: at least)?|at least)? ?(\d{1,3}(?:\.\d{1,2})?) ?%(?: or (?:better|higher|above|more))?$/i;
const LETTER = /\b(?:grade|min(?:imum|\.)?)\b.*\b[A-D][+-]?(?:\s|$)|^[A-D][+-]?( or (better|higher))?$/i;

/** Reads the condition of a row: nothing, or a least grade in percent. Everything else is for a person. */
export function classifyCondition(condition: string): Condition {
  const text = condition.replace(/\.$/, '').trim();
  if (NOTHING.test(text)) return { minGrade: undefined };
  const percent = Number(PERCENT.exec(text)?.[1] ?? 'NaN');
  if (percent <= 100) return { minGrade: percent };
  if (LETTER.test(text)) {
    const hint = 'Write the percent of the sender\'s scale, such as "minimum 65%".';
    return { code: 'GRADE_IN_LETTERS', message: 'Which percent a letter stands for differs between institutions.', hint };
  }
  return { code: 'CONDITION_UNCLEAR', message: 'Only a least grade in percent is known here.', hint: 'List the agreement by hand, with the condition in it.' };
}
