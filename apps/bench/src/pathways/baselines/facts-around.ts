import type { Facts, Requirement, Situation } from '@mcr/pathway-engine';

/** The facts that could matter to a question about one credential: for solvers that take everything that they are given. */
export function factsAround({ microCredentials, agreements, credentials }: Facts, credential: string, { held }: Situation): Facts {
  const asked = credentials.find(({ id }) => id === credential)!;
  const [courses, subjects] = [new Set<string>(), new Set<string>()];
  const read = (node: Requirement): void => {
    if (node.node === 'COURSE') courses.add(node.course);
    if (node.node === 'CREDITS') for (const subject of node.from.subjects ?? []) subjects.add(subject);
    if (node.node === 'ALL' || node.node === 'ANY' || node.node === 'K_OF') node.of.forEach(read);
  };
  read(asked.requirement);
  const here = agreements.filter(({ receiver }) => receiver === asked.institution);
  const wanted = here.filter(({ grants }) =>
    grants.some(({ course, subject }) => (course !== undefined && courses.has(course)) || (subject !== undefined && subjects.has(subject))),
  );
  const known = new Set(held.map(({ microCredential }) => microCredential));
  for (const { from } of wanted) for (const { microCredential } of from) known.add(microCredential);
  for (const { id, issuer, subject } of microCredentials) if (issuer === asked.institution && subject !== undefined && subjects.has(subject)) known.add(id);
  // What begins from any of these could go before a wanted one; what it begins from beside comes with it.
  const near = here.filter(({ from }) => from.some(({ microCredential }) => known.has(microCredential)));
  for (const { from } of near) for (const { microCredential } of from) known.add(microCredential);
  return { microCredentials: microCredentials.filter(({ id }) => known.has(id)), agreements: near, credentials: [asked] };
}
