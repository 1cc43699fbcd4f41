/** A micro-credential, and the version of it where that is said. */
export interface NamedMicroCredential {
  readonly ctid: string;
  readonly version?: number;
}

const CTID = 'ce-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const BY_CTID = new RegExp(`^urn:ctid:(${CTID})$`);
const PATH = new RegExp(`^/micro-credentials/(${CTID})(?:/versions/([1-9]\\d{0,8}))?$`);

/** What the id of an achievement names: the registry's address of a micro-credential or of one version, or `urn:ctid:` and its CTID. */
export function microCredentialNamed(id: string, publicUrl: string): NamedMicroCredential | undefined {
  const [, ctid, version] = BY_CTID.exec(id) ?? (id.startsWith(publicUrl) ? PATH.exec(id.slice(publicUrl.length)) : null) ?? [];
  return ctid === undefined ? undefined : { ctid, ...(version !== undefined && { version: Number(version) }) };
}
