import { Field, InputType } from '@nestjs/graphql';

@InputType('LanguageMapInput', { description: 'A text in the languages of the registry.' })
export class LanguageMapInput {
  @Field(() => String) en!: string;
  @Field(() => String, { nullable: true }) fr?: string | null;
}
