import { serviceClientId } from './client/service-identity.ts';
import { PUBLISH_SCOPE, type Role } from './principal.ts';

/** One line of who may. Several lines for an action are alternatives. */
export interface Permission {
  readonly who: Role | 'everyone';
  /** `its own institution`: checked here against the resource. `its own records`: the service shows no others, as if they did not exist. */
  readonly within?: 'its own institution' | 'its own records';
  readonly scope?: string;
  /** Only this client among those of the role. */
  readonly client?: string;
}

const everyone: Permission = { who: 'everyone' };
const registrar: Permission = { who: 'ministry-registrar' };
const analyst: Permission = { who: 'ministry-analyst' };
const admin: Permission = { who: 'admin' };
const reviewer: Permission = { who: 'qa-reviewer' };
const advisor: Permission = { who: 'advisor' };
const learner: Permission = { who: 'learner' };
const service: Permission = { who: 'service' };
const staffOfTheInstitution: Permission = { who: 'institution', within: 'its own institution' };
const systemOfTheInstitution: Permission = { who: 'institution-client', within: 'its own institution' };

/** Whoever signs in as a person, but for institutions' staff. */
const signedIn = [registrar, analyst, reviewer, advisor, learner, admin] as const;

/**
 * Who may do what. An action is the name of a command or a query, or what a face offers besides.
 * What is not written here is refused to everybody; a role that is not in an action's list is refused.
 */
export const policy = {
  // Institutions and their publishing clients
  inviteInstitution: [registrar, admin],
  verifyInstitution: [registrar, admin],
  activateInstitution: [registrar, admin],
  suspendInstitution: [registrar, admin],
  reinstateInstitution: [registrar, admin],
  registerPublishingClient: [registrar, admin, staffOfTheInstitution],
  revokePublishingClient: [registrar, admin, staffOfTheInstitution],

  // Keys that sign credentials. Only the service that issues them may have something signed.
  proposeIssuerKey: [staffOfTheInstitution],
  activateIssuerKey: [staffOfTheInstitution],
  retireIssuerKey: [registrar, staffOfTheInstitution],
  reportIssuerKeyCompromised: [registrar, admin, staffOfTheInstitution],
  delegateSigning: [registrar, staffOfTheInstitution],
  signForInstitutions: [{ who: 'service', client: serviceClientId('awards') }],

  // Programs
  defineMicroCredential: [registrar, staffOfTheInstitution],
  publishMicroCredential: [registrar],

  // Transfer agreements: the two institutions sign, the registrar lists what was signed elsewhere
  publishAgreement: [registrar],
  proposeAgreement: [staffOfTheInstitution],
  evaluateAgreement: [staffOfTheInstitution],
  signAgreement: [staffOfTheInstitution],
  declineAgreement: [staffOfTheInstitution],
  terminateAgreement: [registrar, staffOfTheInstitution],
  recognitions: [everyone],

  // Pathways: a search for a plan is work, so whoever asks for one is known
  publishPathway: [registrar, staffOfTheInstitution],
  retirePathway: [registrar],
  audit: [everyone],
  cheapestCompletion: signedIn,
  credentialsInReach: signedIn,
  completionTradeOffs: signedIn,
  completionOfSeveral: signedIn,
  whyNotRecognised: signedIn,
  // Its own answers only: the service shows no others, as if they did not exist.
  replayedAnswer: [...signedIn, { who: 'institution', within: 'its own records' }, { who: 'institution-client', within: 'its own records' }],

  // Awards: counts are for statistics, nodes name single awards
  'award:publish': [{ who: 'institution-client', scope: PUBLISH_SCOPE }],
  'submission:read': [{ who: 'institution-client', within: 'its own records' }, { who: 'institution', within: 'its own records' }, registrar],
  'awards.count': [registrar, analyst, staffOfTheInstitution, systemOfTheInstitution],
  'awards.nodes': [registrar, staffOfTheInstitution, systemOfTheInstitution],

  // Learners: what they hold is theirs to see, and an advisor's to ask about as far as they consent
  linkLearner: [registrar],
  unlinkLearner: [registrar],
  myLearner: [learner],
  myAwards: [learner],
  myConsents: [learner],
  grantConsent: [learner],
  shareCredential: [learner],
  endShare: [learner],
  myShares: [learner],
  withdrawConsent: [learner],
  useConsent: [advisor],

  // Credentials: each is shown to its institution, its holder, the ministry; what is presented may be verified by everybody
  credentialsOfAwards: [
    registrar,
    { who: 'institution', within: 'its own records' },
    { who: 'institution-client', within: 'its own records' },
    { who: 'learner', within: 'its own records' },
  ],
  learnerRecord: [learner],
  verifyCredential: [everyone],
  'credential:issue': [{ who: 'institution-client', scope: PUBLISH_SCOPE }],

  // The public catalogue
  institutions: [everyone],
  microCredentials: [everyone],
  microCredential: [everyone],
  agreements: [everyone],
  pathways: [everyone],
  registryStatus: [everyone],
  registryLag: [everyone],

  // Running the registry. Other services read a log where Kafka cannot help: gaps, rebuilds, comparisons.
  operate: [admin],
  'log:read': [service, admin],
  // To look at dead letters, and to confirm as the second person that one is dropped: also whoever answers for the records.
  'operate.confirm': [admin, registrar],
} as const satisfies Record<string, readonly Permission[]>;

export type Action = keyof typeof policy;

/** Whether the policy says anything about an action; a service checks it for its operations when it starts. */
export const isAction = (name: string): name is Action => Object.hasOwn(policy, name);
