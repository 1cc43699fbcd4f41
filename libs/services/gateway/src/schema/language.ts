import { ResolveField, TypeMetadataStorage, registerEnumType } from '@nestjs/graphql';
import type { LanguageMap } from '@mcr/event-kit';

export const Language = { EN: 'EN', FR: 'FR' } as const;
export type Language = keyof typeof Language;
registerEnumType(Language, { name: 'Language', description: 'Canadian English, which is always there, or Canadian French.' });

/** What the resolver of a text receives as its second argument. */
export interface InLanguage {
  readonly lang: Language;
}

/** The text in the language asked for, and in English where it has not been translated. */
export const textIn = (texts: LanguageMap, { lang }: InLanguage): string => (lang === Language.FR ? (texts['fr-CA'] ?? texts['en-CA']) : texts['en-CA']);

/**
 * Makes a method the resolver of a text field with the argument `lang`. The argument is declared in the schema only:
 * with a parameter decorator Nest would call the method through its pipes, asynchronously, for every text of every answer.
 */
export const ResolveText = (): MethodDecorator => (prototype, method, descriptor) => {
  ResolveField()(prototype, method, descriptor);
  TypeMetadataStorage.addMethodParamMetadata({
    kind: 'arg',
    name: 'lang',
    target: prototype.constructor,
    methodName: String(method),
    index: 0,
    typeFn: () => Language,
    options: { defaultValue: Language.EN },
  });
};
