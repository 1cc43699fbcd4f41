import type { LanguageMap } from '@mcr/event-kit';

/** An institution by the names that other entries are shown with. */
export interface InstitutionName {
  readonly ctid: string;
  readonly code: string;
  readonly name: LanguageMap;
}

export interface Institution extends InstitutionName {
  readonly agentType: string;
  readonly region: string;
  readonly subjectWebpage: string | null;
  readonly status: string;
}

/** The columns of an `Institution`, from `registry.institution i`. */
export const institutionColumns = `i.id as ctid, i.code, i.name, i.agent_type as "agentType", i.region, i.subject_webpage as "subjectWebpage", i.status`;
