export interface KnownMicroCredential {
  readonly ctid: string;
  readonly isNonCredit: boolean;
}

/** Who and what the registry knows, by the names that rows use. */
export interface Directory {
  /** The code of an institution, by its code or a name of it. */
  institution(name: string): string | undefined;
  /** Everything that the institution offers under a coded notation such as "MATH 181". */
  microCredentials(institution: string, codedNotation: string): readonly KnownMicroCredential[];
  /** The ids of the requirements of an institution's pathways that ask for a course. */
  requirementsFor(institution: string, course: string): readonly string[];
}

/** Names, courses and subjects are the same in any case and spacing. */
export const folded = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toUpperCase();

export interface DirectoryEntries {
  readonly institutions: readonly { readonly code: string; readonly names: readonly string[] }[];
  readonly microCredentials: readonly (KnownMicroCredential & { readonly codedNotation?: string | null; readonly offeredBy: readonly string[] })[];
  readonly requirements: readonly { readonly institution: string; readonly course: string; readonly id: string }[];
}

const collected = <Entry>(entries: Iterable<readonly [key: string, entry: Entry]>): Map<string, Entry[]> => {
  const lists = new Map<string, Entry[]>();
  for (const [key, entry] of entries) {
    const list = lists.get(key);
    if (list) list.push(entry);
    else lists.set(key, [entry]);
  }
  return lists;
};

/** Looks everything up at once. A name that two institutions have is nobody's. */
export function directoryOf({ institutions, microCredentials, requirements }: DirectoryEntries): Directory {
  const names = collected(institutions.flatMap(({ code, names: given }) => [...new Set([code, ...given].map(folded))].map((name) => [name, code] as const)));
  const offered = collected(
    microCredentials.flatMap(({ codedNotation, offeredBy, ctid, isNonCredit }) =>
      codedNotation ? offeredBy.map((code) => [`${code} ${folded(codedNotation)}`, { ctid, isNonCredit }] as const) : [],
    ),
  );
  const asked = collected(requirements.map(({ institution, course, id }) => [`${institution} ${folded(course)}`, id] as const));
  return {
    institution(name) {
      const found = names.get(folded(name)) ?? [];
      return found.length === 1 ? found[0] : undefined;
    },
    microCredentials: (institution, codedNotation) => offered.get(`${institution} ${folded(codedNotation)}`) ?? [],
    requirementsFor: (institution, course) => [...new Set(asked.get(`${institution} ${folded(course)}`) ?? [])],
  };
}
