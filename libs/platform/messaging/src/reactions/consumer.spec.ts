import { describe, expect, it } from '@jest/globals';
import { CourseTitled, PersonNamed } from '../../testing/trial/contract.ts';
import { Consumer, ReactTo, consumerOf, topicsOf } from './consumer.ts';

describe('a consumer', () => {
  it('is known by what was declared on its class: name, kind, reactions and topics, each once', () => {
    @Consumer({ name: 'reader.people', kind: 'projection' })
    class People {
      @ReactTo([PersonNamed, CourseTitled], { batch: true })
      noteWhenNamed(): void {}

      notAReaction(): void {}
    }
    const declaration = consumerOf(People);
    expect(declaration).toMatchObject({ name: 'reader.people', kind: 'projection', reactions: [{ method: 'noteWhenNamed', batch: true }] });
    expect(topicsOf(declaration).map(({ name }) => name)).toEqual(['mcr.trial.people.v1', 'mcr.trial.courses.v1']);
  });

  it('has a transport of its own, so that handlers of one event in two consumers never meet', () => {
    const declare = () => {
      @Consumer({ name: 'reader.people', kind: 'projection' })
      class People {}
      return consumerOf(People).transportId;
    };
    expect(declare()).not.toBe(declare());
  });

  it('has one reaction to a type', () => {
    const declare = (): unknown => {
      @Consumer({ name: 'reader.people', kind: 'projection' })
      class Torn {
        @ReactTo(PersonNamed)
        greet(): void {}

        @ReactTo([CourseTitled, PersonNamed])
        count(): void {}
      }
      return Torn;
    };
    expect(declare).toThrow(`Consumer reader.people has two reactions to ${PersonNamed.type}; one is allowed.`);
  });

  it('is nothing that was not declared', () => {
    class Undeclared {}
    expect(() => consumerOf(Undeclared)).toThrow('Undeclared is not declared with @Consumer.');
  });
});
