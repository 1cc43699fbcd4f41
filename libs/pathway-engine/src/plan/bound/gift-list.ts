import type { BoundSource } from './problem.ts';

/** All gifts of all sources in flat arrays: the bound goes through them many thousand times. */
export class GiftList {
  /** Source s has the gifts from giftStart[s] to giftStart[s + 1]. */
  readonly giftStart: Int32Array;
  /** Gift g has the places from placeStart[g] to placeStart[g + 1]. */
  readonly placeStart: Int32Array;
  /** Place p gives the shares from shareStart[p] to shareStart[p + 1]. */
  readonly shareStart: Int32Array;
  readonly shareRow: Int32Array;
  readonly shareAmount: Float64Array;
  /** Gift g gives, wherever it is, the shares from anywhereStart[g] to anywhereStart[g + 1]. */
  readonly anywhereStart: Int32Array;
  readonly anywhereRow: Int32Array;
  readonly anywhereAmount: Float64Array;

  readonly #maxUses: number;

  constructor(sources: readonly BoundSource[], maxUses: number) {
    this.#maxUses = maxUses;
    const gifts = sources.flatMap((source) => source.gifts);
    const places = gifts.flatMap(({ atPlace }) => atPlace);
    const shares = places.flat();
    const anywhere = gifts.flatMap((gift) => gift.anywhere);
    this.giftStart = starts(sources.map((source) => source.gifts.length));
    this.placeStart = starts(gifts.map(({ atPlace }) => atPlace.length));
    this.shareStart = starts(places.map(({ length }) => length));
    this.shareRow = Int32Array.from(shares, ({ row }) => row);
    this.shareAmount = Float64Array.from(shares, ({ amount }) => amount);
    this.anywhereStart = starts(gifts.map((gift) => gift.anywhere.length));
    this.anywhereRow = Int32Array.from(anywhere, ({ row }) => row);
    this.anywhereAmount = Float64Array.from(anywhere, ({ amount }) => amount);
  }

  /** What a gift is worth at the places that it may have together. */
  worthOf(gift: number, prices: Float64Array): number {
    const [from, until] = [this.placeStart[gift]!, this.placeStart[gift + 1]!];
    let [sum, most] = [0, 0];
    for (let place = from; place < until; place += 1) {
      const worth = this.#worthAt(place, prices);
      sum += worth;
      if (worth > most) most = worth;
    }
    if (until - from <= this.#maxUses) return sum;
    if (this.#maxUses === 1) return most;
    return this.#bestPlaces(gift, prices).reduce((total, place) => total + this.#worthAt(place, prices), 0);
  }

  /** Takes what a gift gives at its best places off the rows. */
  give(gift: number, prices: Float64Array, rows: Float64Array): void {
    if (this.#maxUses > 1) for (const place of this.#bestPlaces(gift, prices)) this.#giveAt(place, rows);
    else if (this.placeStart[gift]! < this.placeStart[gift + 1]!) this.#giveAt(this.#bestPlace(gift, prices), rows);
  }

  #bestPlace(gift: number, prices: Float64Array): number {
    let [best, most] = [-1, -Infinity];
    for (let place = this.placeStart[gift]!; place < this.placeStart[gift + 1]!; place += 1) {
      const worth = this.#worthAt(place, prices);
      if (worth > most) [best, most] = [place, worth];
    }
    return best;
  }

  #bestPlaces(gift: number, prices: Float64Array): number[] {
    const places: number[] = [];
    for (let place = this.placeStart[gift]!; place < this.placeStart[gift + 1]!; place += 1) places.push(place);
    if (places.length <= this.#maxUses) return places;
    const worth = new Map(places.map((place) => [place, this.#worthAt(place, prices)]));
    return places.sort((a, b) => worth.get(b)! - worth.get(a)!).slice(0, this.#maxUses);
  }

  /** What the shares of a place are worth at the prices. */
  #worthAt(place: number, prices: Float64Array): number {
    let worth = 0;
    for (let share = this.shareStart[place]!; share < this.shareStart[place + 1]!; share += 1) {
      worth += this.shareAmount[share]! * prices[this.shareRow[share]!]!;
    }
    return worth;
  }

  #giveAt(place: number, rows: Float64Array): void {
    for (let share = this.shareStart[place]!; share < this.shareStart[place + 1]!; share += 1) rows[this.shareRow[share]!]! -= this.shareAmount[share]!;
  }
}

function starts(lengths: readonly number[]): Int32Array {
  const found = new Int32Array(lengths.length + 1);
  for (const [index, length] of lengths.entries()) found[index + 1] = found[index]! + length;
  return found;
}
