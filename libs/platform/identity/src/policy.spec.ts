import { describe, expect, it } from '@jest/globals';
import { authorise, may } from './authorise.ts';
import { isAction, policy } from './policy.ts';
import { type Principal, type Role, anonymous, roles } from './principal.ts';

/** yes: always. own: for its own institution only. rows: yes, and the service shows its own records only. A dash: never. */
const EXPECTED = `
action                    anonymous ministry-analyst ministry-registrar qa-reviewer advisor institution institution-client learner admin service
inviteInstitution         -         -                yes                -           -       -           -                  -       yes   -
verifyInstitution         -         -                yes                -           -       -           -                  -       yes   -
activateInstitution       -         -                yes                -           -       -           -                  -       yes   -
suspendInstitution        -         -                yes                -           -       -           -                  -       yes   -
reinstateInstitution      -         -                yes                -           -       -           -                  -       yes   -
registerPublishingClient  -         -                yes                -           -       own         -                  -       yes   -
revokePublishingClient    -         -                yes                -           -       own         -                  -       yes   -
proposeIssuerKey          -         -                -                  -           -       own         -                  -       -     -
activateIssuerKey         -         -                -                  -           -       own         -                  -       -     -
retireIssuerKey           -         -                yes                -           -       own         -                  -       -     -
reportIssuerKeyCompromised -        -                yes                -           -       own         -                  -       yes   -
delegateSigning           -         -                yes                -           -       own         -                  -       -     -
signForInstitutions       -         -                -                  -           -       -           -                  -       -     -
defineMicroCredential     -         -                yes                -           -       own         -                  -       -     -
publishMicroCredential    -         -                yes                -           -       -           -                  -       -     -
publishAgreement          -         -                yes                -           -       -           -                  -       -     -
proposeAgreement          -         -                -                  -           -       own         -                  -       -     -
evaluateAgreement         -         -                -                  -           -       own         -                  -       -     -
signAgreement             -         -                -                  -           -       own         -                  -       -     -
declineAgreement          -         -                -                  -           -       own         -                  -       -     -
terminateAgreement        -         -                yes                -           -       own         -                  -       -     -
recognitions              yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
publishPathway            -         -                yes                -           -       own         -                  -       -     -
retirePathway             -         -                yes                -           -       -           -                  -       -     -
audit                     yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
cheapestCompletion        -         yes              yes                yes         yes     -           -                  yes     yes   -
credentialsInReach        -         yes              yes                yes         yes     -           -                  yes     yes   -
completionTradeOffs       -         yes              yes                yes         yes     -           -                  yes     yes   -
completionOfSeveral       -         yes              yes                yes         yes     -           -                  yes     yes   -
whyNotRecognised          -         yes              yes                yes         yes     -           -                  yes     yes   -
replayedAnswer            -         yes              yes                yes         yes     yes         yes                yes     yes   -
award:publish             -         -                -                  -           -       -           yes                -       -     -
submission:read           -         -                yes                -           -       rows        yes                -       -     -
awards.count              -         yes              yes                -           -       own         own                -       -     -
awards.nodes              -         -                yes                -           -       own         own                -       -     -
linkLearner               -         -                yes                -           -       -           -                  -       -     -
unlinkLearner             -         -                yes                -           -       -           -                  -       -     -
myLearner                 -         -                -                  -           -       -           -                  yes     -     -
myAwards                  -         -                -                  -           -       -           -                  yes     -     -
myConsents                -         -                -                  -           -       -           -                  yes     -     -
grantConsent              -         -                -                  -           -       -           -                  yes     -     -
shareCredential           -         -                -                  -           -       -           -                  yes     -     -
endShare                  -         -                -                  -           -       -           -                  yes     -     -
myShares                  -         -                -                  -           -       -           -                  yes     -     -
learnerRecord             -         -                -                  -           -       -           -                  yes     -     -
credentialsOfAwards       -         -                yes                -           -       rows        yes                yes     -     -
verifyCredential          yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
credential:issue          -         -                -                  -           -       -           yes                -       -     -
withdrawConsent           -         -                -                  -           -       -           -                  yes     -     -
useConsent                -         -                -                  -           yes     -           -                  -       -     -
institutions              yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
microCredentials          yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
microCredential           yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
agreements                yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
pathways                  yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
registryStatus            yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
registryLag               yes       yes              yes                yes         yes     yes         yes                yes     yes   yes
operate                   -         -                -                  -           -       -           -                  -       yes   -
operate.confirm           -         -                yes                -           -       -           -                  -       yes   -
log:read                  -         -                -                  -           -       -           -                  -       yes   yes
`;

const [heading, ...rows] = EXPECTED.trim()
  .split('\n')
  .map((line) => line.split(/ +/));
const columns = heading!.slice(1);
const cells = rows.flatMap(([action, ...expectations]) => expectations.map((expected, at) => ({ action: action!, who: columns[at]!, expected })));

const principalWith = (role: Role, more: Partial<Principal> = {}): Principal => ({
  subject: `a ${role}`,
  clientId: 'client',
  roles: [role],
  scopes: [],
  ...more,
});

function somebody(who: string): Principal {
  if (who === 'anonymous') return anonymous;
  if (who === 'institution') return principalWith(who, { institution: 'BCIT' });
  if (who === 'institution-client') return principalWith(who, { scopes: ['award:publish'] });
  return principalWith(who as Role);
}

const client = { clientInstitution: 'BCIT' };
const answers = (who: string, action: string) => {
  const looked = who === 'institution-client' ? client : {};
  return {
    own: may(somebody(who), action, { ...looked, institution: 'BCIT' }),
    other: may(somebody(who), action, { ...looked, institution: 'UBC' }),
    unnamed: may(somebody(who), action, looked),
  };
};
const always = { own: true, other: true, unnamed: true };
const never = { own: false, other: false, unnamed: false };
const MEANING: Record<string, object> = { yes: always, rows: always, own: { ...never, own: true }, '-': never };

describe('The policy', () => {
  it('has a line in this table for every action and a column for every role', () => {
    expect(rows.map(([action]) => action).sort()).toEqual(Object.keys(policy).sort());
    expect(columns).toEqual(['anonymous', ...roles]);
  });

  it.each(cells)('answers "$expected" when $who asks for $action', ({ action, who, expected }) => {
    expect(answers(who, action)).toEqual(MEANING[expected]);
  });

  it.each(['', 'unknown', 'publish', '__proto__', 'constructor', 'toString', 'INVITEINSTITUTION', 'inviteInstitution '])(
    'allows "%s" to nobody, for it names no such action',
    (action) => {
      expect(isAction(action)).toBe(false);
      for (const who of columns) expect(answers(who, action)).toEqual(never);
      expect(may({ ...principalWith('admin'), roles }, action, { institution: 'BCIT' })).toBe(false);
    },
  );

  it('gives a client nothing without the scope', () => {
    expect(may(principalWith('institution-client'), 'award:publish')).toBe(false);
    expect(may(principalWith('institution', { institution: 'BCIT', scopes: ['award:publish'] }), 'award:publish')).toBe(false);
  });

  it('takes an institution without a name for nobody', () => {
    const nameless = principalWith('institution');
    for (const action of Object.keys(policy)) {
      if (may(anonymous, action)) continue;
      expect(may(nameless, action)).toBe(false);
      expect(may(nameless, action, { institution: undefined })).toBe(false);
    }
  });

  it('believes no institution that a client brings along itself', () => {
    const claiming = principalWith('institution-client', { institution: 'BCIT' });
    expect(may(claiming, 'awards.nodes', { institution: 'BCIT' })).toBe(false);
    expect(may(claiming, 'awards.nodes', { institution: 'BCIT', clientInstitution: 'UBC' })).toBe(false);
  });

  it('asks for a token where there is none, and names who may where there is one', () => {
    expect(() => authorise(anonymous, 'publishAgreement')).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
    expect(() => authorise(anonymous, 'unknown')).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
    expect(() => authorise(principalWith('learner'), 'defineMicroCredential')).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', message: 'This is for: ministry-registrar; institution for its own institution.' }),
    );
    expect(() => authorise(principalWith('admin'), 'unknown')).toThrow(expect.objectContaining({ code: 'FORBIDDEN', message: 'Nobody may do this.' }));
    expect(authorise(principalWith('ministry-registrar'), 'publishAgreement')).toBeUndefined();
  });
});
