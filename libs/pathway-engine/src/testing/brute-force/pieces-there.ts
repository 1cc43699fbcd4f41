import type { Model } from './model.ts';

const applies = (things: Model['offers'][number]['things'], planned: readonly boolean[]): boolean =>
  things.every((thing) => thing.held || thing.candidates.some((candidate) => planned[candidate]));

function withDirects({ directs }: Model, planned: readonly boolean[], there: boolean[]): boolean[] {
  for (const { piece, held, candidate } of directs) there[piece.index] = held || (candidate !== undefined && planned[candidate]!);
  return there;
}

/** Which of the model's pieces there are when these candidates are planned, conflicts settled. */
export function piecesWith(model: Model, planned: readonly boolean[]): boolean[] {
  const there = model.pieces.map(() => false);
  const wins: boolean[] = [];
  for (const { things, rivals, pieces } of model.offers) {
    const isWinner = !rivals.some((rival) => wins[rival]) && applies(things, planned);
    wins.push(isWinner);
    for (const piece of pieces) there[piece.index] = isWinner;
  }
  return withDirects(model, planned, there);
}

/** Offers that win whatever is planned, and offers that therefore never do. */
function decidedOffers({ offers }: Model): { readonly never: readonly boolean[] } {
  const [always, never]: [boolean[], boolean[]] = [[], []];
  for (const { things, rivals } of offers) {
    never.push(rivals.some((rival) => always[rival]));
    always.push(things.every((thing) => thing.held) && rivals.every((rival) => never[rival]));
  }
  return { never };
}

/** As `piecesWith`, but of every agreement that applies and could win with something else planned: never less, and only more with more planned. */
export function piecesAtMostWith(model: Model): (planned: readonly boolean[]) => boolean[] {
  const { never } = decidedOffers(model);
  return (planned) => {
    const there = model.pieces.map(() => false);
    model.offers.forEach(({ things, pieces }, index) => {
      if (!never[index] && applies(things, planned)) for (const piece of pieces) there[piece.index] = true;
    });
    return withDirects(model, planned, there);
  };
}
