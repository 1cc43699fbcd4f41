/** A member that the data model lets stand alone or in a list. */
export type OneOrMany<T> = T | readonly T[];

/** What JSON can carry, once it was parsed strictly. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/** A list of the URLs of bundled contexts; foreign documents may also define terms in place. */
export type Context = OneOrMany<string | JsonObject>;

/** A text, or the same text in several languages (VCDM 2.0 §11.1). */
export type NaturalText = string | OneOrMany<{ readonly '@value': string; readonly '@language'?: string; readonly '@direction'?: 'ltr' | 'rtl' }>;

/** Who made a statement: the URL alone, or an object with it. */
export type Issuer = string | (JsonObject & { readonly id: string });

/** Anything that has a type, and perhaps an id: a schema, a status, evidence. */
export type Typed = JsonObject & { readonly id?: string; readonly type: OneOrMany<string> };

/** Where one bit of a status list says what became of a credential (Bitstring Status List 1.0 §2.1). */
export type StatusEntry = Typed & {
  readonly type: 'BitstringStatusListEntry';
  readonly statusPurpose: string;
  readonly statusListIndex: string;
  readonly statusListCredential: string;
};

/** A credential before it is secured (VCDM 2.0 §4). Instants are ISO 8601 with an offset. */
export interface Credential extends JsonObject {
  readonly '@context': Context;
  readonly id?: string;
  readonly type: OneOrMany<string>;
  readonly issuer: Issuer;
  readonly name?: NaturalText;
  readonly description?: NaturalText;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly credentialSubject: OneOrMany<JsonObject>;
  readonly credentialStatus?: OneOrMany<Typed>;
  readonly credentialSchema?: OneOrMany<Typed>;
  readonly evidence?: OneOrMany<Typed>;
}

export type Cryptosuite = 'eddsa-rdfc-2022' | 'eddsa-jcs-2022';

/** A signature inside the document that it secures (Data Integrity §2.1). */
export interface DataIntegrityProof extends JsonObject {
  readonly id?: string;
  readonly type: 'DataIntegrityProof';
  readonly cryptosuite: string;
  readonly created?: string;
  readonly expires?: string;
  readonly verificationMethod: string;
  readonly proofPurpose: string;
  readonly challenge?: string;
  readonly domain?: OneOrMany<string>;
  readonly nonce?: string;
  readonly previousProof?: OneOrMany<string>;
  readonly proofValue: string;
}

/** A document with its proof, its proof set or its proof chain inside. */
export type Secured<Document extends JsonObject = Credential> = Document & { readonly proof: OneOrMany<DataIntegrityProof> };

/** A credential that carries its proof: what is stored, handed out and baked into pictures. */
export type SecuredCredential = Secured<Credential>;

/** What a holder shows: credentials, with a proof of their own (VCDM 2.0 §4.13). */
export interface Presentation extends JsonObject {
  readonly '@context': Context;
  readonly id?: string;
  readonly type: OneOrMany<string>;
  readonly holder?: Issuer;
  readonly verifiableCredential?: OneOrMany<JsonObject>;
}
