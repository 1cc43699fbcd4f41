/** Where the registry's things have their addresses. Credentials are kept for decades: an address, once given, must stay. */
export interface Addresses {
  microCredential(ctid: string): string;
  microCredentialVersion(ctid: string, version: number): string;
  competency(ctid: string): string;
  organization(ctid: string): string;
}

/** The addresses under the registry's public one, which has no slash at its end. */
export const addressesUnder = (publicUrl: string): Addresses => ({
  microCredential: (ctid) => `${publicUrl}/micro-credentials/${ctid}`,
  microCredentialVersion: (ctid, version) => `${publicUrl}/micro-credentials/${ctid}/versions/${version}`,
  competency: (ctid) => `${publicUrl}/competencies/${ctid}`,
  organization: (ctid) => `${publicUrl}/organizations/${ctid}`,
});
