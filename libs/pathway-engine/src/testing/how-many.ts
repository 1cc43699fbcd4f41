/** How many random instances a specification goes through: so many, or that many times more where `MCR_PATHWAY_INSTANCES` says a factor. */
export function howMany(few: number): number {
  const factor = Number(process.env['MCR_PATHWAY_INSTANCES'] ?? 1);
  return Math.ceil(few * (factor > 0 ? factor : 1));
}
