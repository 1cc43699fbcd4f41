import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duration, hoursOf, minutesOf } from './duration.ts';
import { type Definition, breaches, good } from '../../testing/definitions.ts';

describe('D1: it takes less than 288 hours', () => {
  it.each<[string, Partial<Definition>]>([
    ['40 hours', { totalHours: 40 }],
    ['287.99 hours', { totalHours: 287.99 }],
    ['a quarter of an hour', { totalHours: 0.25 }],
    ['only an exact duration', { totalHours: undefined, exactDuration: 'PT40H' }],
    ['one minute less than the limit', { totalHours: undefined, exactDuration: 'PT287H59M' }],
    ['eleven days of duration', { totalHours: undefined, exactDuration: 'P11D' }],
    ['one week of duration', { totalHours: undefined, exactDuration: 'P1W' }],
    ['both, which agree', { totalHours: 40.5, exactDuration: 'PT40H30M' }],
    ['both, which agree as days', { totalHours: 48, exactDuration: 'P2D' }],
    ['both, a third of an hour rounded', { totalHours: 13.33, exactDuration: 'PT13H20M' }],
  ])('is met by %s', (_what, changes) => {
    expect(breaches('D1', changes)).toEqual([]);
  });

  it.each<[string, Partial<Definition>, string[]]>([
    ['nothing', { totalHours: undefined }, ['/totalHours']],
    ['0 hours', { totalHours: 0 }, ['/totalHours']],
    ['negative hours', { totalHours: -1 }, ['/totalHours']],
    ['288 hours', { totalHours: 288 }, ['/totalHours']],
    ['288.01 hours', { totalHours: 288.01 }, ['/totalHours']],
    ['no number', { totalHours: Number.NaN }, ['/totalHours']],
    ['endless hours', { totalHours: Number.POSITIVE_INFINITY }, ['/totalHours']],
    ['PT288H', { totalHours: undefined, exactDuration: 'PT288H' }, ['/exactDuration']],
    ['PT287H60M', { totalHours: undefined, exactDuration: 'PT287H60M' }, ['/exactDuration']],
    ['PT17280M', { totalHours: undefined, exactDuration: 'PT17280M' }, ['/exactDuration']],
    ['twelve days', { totalHours: undefined, exactDuration: 'P12D' }, ['/exactDuration']],
    ['eleven days and 24 hours', { totalHours: undefined, exactDuration: 'P11DT24H' }, ['/exactDuration']],
    ['two weeks', { totalHours: undefined, exactDuration: 'P2W' }, ['/exactDuration']],
    ['a duration of nothing', { totalHours: undefined, exactDuration: 'PT0H' }, ['/exactDuration']],
    ['a long duration beside few hours', { totalHours: 40, exactDuration: 'P2W' }, ['/exactDuration']],
    ['both too long', { totalHours: 300, exactDuration: 'PT300H' }, ['/totalHours', '/exactDuration']],
    ['both, which disagree', { totalHours: 40, exactDuration: 'PT30H' }, ['/exactDuration']],
  ])('is broken by %s', (_what, changes, pointers) => {
    expect(breaches('D1', changes)).toEqual(pointers);
  });

  it('reads durations exactly, whatever their form', () => {
    const form = fc.record({ days: fc.nat(30), hours: fc.nat(400), minutes: fc.nat(600) });
    fc.assert(
      fc.property(form, ({ days, hours, minutes }) => {
        const total = (days * 24 + hours) * 60 + minutes;
        expect(minutesOf(`P${days}DT${hours}H${minutes}M`)).toBe(total);
        expect(minutesOf(`PT${total}M`)).toBe(total);
        const met = duration({ lessThanHours: 288 })({ ...good, totalHours: undefined, exactDuration: `PT${total}M` }).length === 0;
        expect(met).toBe(total > 0 && total < 288 * 60);
      }),
    );
  });

  it('lets the stated hours stand for the duration, and the duration for them', () => {
    expect(hoursOf({ ...good, totalHours: 13.33, exactDuration: 'PT13H20M' })).toBe(13.33);
    expect(hoursOf({ ...good, totalHours: undefined, exactDuration: 'PT90M' })).toBe(1.5);
    expect(hoursOf({ ...good, totalHours: undefined })).toBeUndefined();
  });
});
