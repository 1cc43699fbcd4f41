/**
 * Makes catalogue.json: the facts of facts/*.json as they were published, and plain rules for what their sources did not say.
 * The same facts always give the same file. `node samples/build-catalogue.mjs` writes it, `… --check` only compares.
 */
import { ctidOf, given, pick, readJson, writeOrCheck } from './rules/fixed.mjs';

const read = (path) => readJson(path).microCredentials;

const DEMONSTRATION = 'This is a demonstration record completed by a generator and not a current offer.';
const INVENTED = 'This program is invented: no such program exists.';

/** One program of several institutions is one record; the source names who leads it. */
const LEADS = { 'Rural Economic Development': 'NIC' };

/** A source counts as the program's own page only on its institution's own site. */
const OWN_SITE = { UBC: 'ubc.ca', UVIC: 'uvic.ca', RRU: 'royalroads.ca', TRU: 'tru.ca', ECU: 'ecuad.ca', KPU: 'kpu.ca', VIU: 'viu.ca', SELK: 'selkirk.ca', VCC: 'vcc.ca' };

/** CIP 2021, by a word of the title; the first line that fits. */
const CIP = [
  [/forest|timber cruising|silvicultur/i, '03.0501'],
  [/wildland|wildfire|fire ecology/i, '43.0203'],
  [/agroecology|soils|vegetable/i, '01.0308'],
  [/ecolog|environmental|climate|watershed|snow/i, '03.0103'],
  [/GIS|GPS|drone/i, '45.0702'],
  [/market/i, '52.1401'],
  [/project/i, '52.0211'],
  [/health term|medical term/i, '51.0716'],
  [/microsoft office/i, '11.0601'],
  [/business|supervis|economic|office|administrat|bookkeeping/i, '52.0201'],
  [/weld/i, '48.0508'],
  [/film/i, '50.0602'],
  [/web|creative technology/i, '11.0801'],
  [/psycholog/i, '42.0101'],
  [/geoscience/i, '40.0601'],
  [/building s|facilities maintenance/i, '46.0401'],
  [/construction/i, '46.0000'],
];

const SMALL_WORDS = new Set(['and', 'for', 'the', 'with', 'into', 'from', 'micro', 'certificate', 'credential', 'credentials', 'invented', 'example', 'short']);
const keywordsOf = (title) => [...new Set(title.toLowerCase().match(/\p{L}{3,}/gu) ?? [])].filter((word) => !SMALL_WORDS.has(word)).slice(0, 6);

/** What a title is about, to put into a sentence. */
const subjectOf = (title) =>
  title
    .replace(/^Invented Example: |^(Micro-certificate|Short Certificate|Certificate) in | (Micro-Certificate|Professional Specialization Certificate|Certificate|micro-credentials)$| \([A-Z]+\)$/g, '')
    .replace(/ micro-credential developed with DigiBC$/, '');

const HOURS = [12, 18, 24, 30, 36, 45, 60, 72, 90];
const sumOf = (components) => (components.length > 0 && components.every(({ hours }) => hours) ? components.reduce((sum, { hours }) => sum + hours, 0) : null);
const hoursFromWeeks = (weeks) => (weeks ? (weeks === 1 ? 30 : weeks * 6) : null);
const completedHours = (fact, credits) => sumOf(fact.components) ?? hoursFromWeeks(fact.weeks) ?? (credits ? credits * 13 : null) ?? pick(fact.title, 'hours', HOURS);

/** Eight to sixteen dollars for each hour, to the next five. */
const completedCost = (title, hours) => Math.ceil((hours * pick(title, 'cost', [8, 10, 12, 14, 16])) / 5) * 5;

/** The first of September after the source's date, otherwise the first of some month from 2021 to 2024. */
const effectiveFrom = (fact) =>
  fact.sourceDate
    ? `${Number(fact.sourceDate.slice(0, 4)) + (fact.sourceDate.slice(5) >= '09-01' ? 1 : 0)}-09-01`
    : `${pick(fact.title, 'year', [2021, 2022, 2023, 2024])}-${pick(fact.title, 'month', ['01', '03', '05', '09'])}-01`;

/** A pilot runs for two years. */
function expirationOf(fact) {
  if (!/^Pilot /.test(fact.summary)) return undefined;
  const [year, month] = effectiveFrom(fact).split('-').map(Number);
  return new Date(Date.UTC(year + 2, month - 1, 0)).toISOString().slice(0, 10);
}

function purposeOf(fact) {
  if (/^Exam-based/.test(fact.summary)) return 'ASSESSMENT_ONLY';
  if (fact.laddersInto.length > 0) return 'PATHWAY';
  if (/^Exploring/.test(fact.title)) return 'TEASER';
  return /communication|leadership|supervis|leading|facilitation/i.test(fact.title) ? 'TRANSFERABLE_SKILL' : 'TECHNICAL_SKILL';
}

const COMPETENCIES = [
  (subject) => `Explain the main ideas taught in ${subject} in plain words`,
  (subject) => `Carry out a typical task taught in ${subject} from beginning to end`,
  (subject) => `Judge the result of such a task against the criteria of ${subject}`,
];

const METHODS = [
  [/project|portfolio|assignment|plan/i, 'Artifact'],
  [/exam|quiz/i, 'Exam'],
];
const methodOf = (text) => METHODS.find(([words]) => words.test(text))?.[1] ?? 'Performance';
const HANDS_ON = /weld|nursing|worker|maintenance|cruising|drone|field|film|operations/i;
const deliveryOf = (title) => pick(title, 'delivery', HANDS_ON.test(title) ? ['InPerson', 'BlendedDelivery'] : ['InPerson', 'OnlineOnly', 'BlendedDelivery']);
const ASSESSMENTS = ['Final project', 'Practical demonstration', 'Final exam'];

const pathwayOf = ({ laddersInto }) => laddersInto.map(({ program, institutionCode, as }) => `${program} (${institutionCode}): ${as}.`).join(' ');
const ownPage = (fact) => (OWN_SITE[fact.institutionCode] && fact.sourceUrl?.startsWith('https:') && new URL(fact.sourceUrl).hostname.endsWith(OWN_SITE[fact.institutionCode]) ? fact.sourceUrl : undefined);

/** The definition, and the names of its members that the source did not give. */
function complete(fact, ctid, invented) {
  const completed = [];
  const orComplete = (name, published, rule) => {
    if (published !== undefined && published !== null && !(Array.isArray(published) && published.length === 0)) return published;
    completed.push(name);
    return rule();
  };
  const isNonCredit = orComplete('isNonCredit', fact.creditBearing === null ? null : !fact.creditBearing, () => true);
  const credits = isNonCredit ? undefined : orComplete('creditValue', fact.credits, () => 3);
  const totalHours = orComplete('totalHours', fact.hours, () => completedHours(fact, credits));
  // The framework counts hours of learning; how many weeks they are spread over is another matter.
  const exactDuration = orComplete('exactDuration', fact.hours && `PT${fact.hours}H`, () => `PT${totalHours}H`);
  const texts = orComplete('competencies', fact.competencies, () => COMPETENCIES.map((sentence) => sentence(subjectOf(fact.title))));
  const competencies = texts.map((competencyText) => ({ ctid: ctidOf(`${ctid}:competency:${competencyText}`), competencyText }));
  const assessment = orComplete('assessments', fact.assessment, () => pick(fact.title, 'assessment', ASSESSMENTS));
  // Naming an Indigenous community partner needs its recorded consent, which no generator can give.
  const partners = fact.partners.filter(({ type }) => type !== 'INDIGENOUS_COMMUNITY').map(({ name, type }) => ({ organizationName: name, type, roles: ['NEED'] }));
  const onlyCode = fact.components.length === 1 && fact.components[0].name === fact.title ? fact.components[0].code : undefined;
  const definition = given({
    name: { 'en-CA': fact.title },
    description: { 'en-CA': [fact.summary, fact.titleNote ? 'The title is descriptive.' : '', invented ? INVENTED : '', DEMONSTRATION].filter(Boolean).join(' ') },
    codedNotation: onlyCode,
    subjectWebpage: ownPage(fact),
    inLanguage: ['en-CA'],
    keyword: keywordsOf(fact.title),
    dateEffective: effectiveFrom(fact),
    expirationDate: expirationOf(fact),
    exactDuration,
    totalHours,
    isNonCredit,
    creditValue: credits === undefined ? undefined : { value: credits, creditUnitType: 'SemesterHours', creditLevelType: 'LowerDivision' },
    deliveryType: orComplete('deliveryType', fact.delivery, () => deliveryOf(fact.title)),
    estimatedCost: [{ price: orComplete('estimatedCost', fact.costCad, () => completedCost(fact.title, totalHours)), currency: 'CAD' }],
    instructionalProgramType: CIP.find(([words]) => words.test(fact.title))?.[1],
    components: fact.components.map(({ code, name, hours }) => given({ kind: 'COURSE', name, hours, code })),
    competencies,
    assessments: [{ id: 'summative', name: assessment, assessmentMethodType: methodOf(assessment), use: 'Summative', assesses: competencies.map((one) => one.ctid) }],
    purpose: purposeOf(fact),
    partners,
    recognition: orComplete('recognition', fact.recognition, () => ['DIGITAL_BADGE']),
    pathwayStatement: orComplete('pathwayStatement', pathwayOf(fact) || null, () => 'none'),
  });
  // These are never in the facts, and stand in every record that has them.
  const always = ['keyword', 'dateEffective', 'expirationDate', 'instructionalProgramType', 'purpose'];
  return { definition, completed: [...completed, ...always.filter((name) => name in definition), ...(partners.length > 0 ? ['partners.roles'] : [])].sort() };
}

function record(group, invented) {
  const [fact] = group;
  const ctid = ctidOf(`micro-credential:${fact.institutionCode}:${fact.title}`);
  const { definition, completed } = complete(fact, ctid, invented);
  const source = invented ? { invented: true } : given({ url: fact.sourceUrl, date: fact.sourceDate, labelledAs: fact.labelledAs, titleNote: fact.titleNote });
  return { ctid, ownedBy: fact.institutionCode, offeredBy: group.map(({ institutionCode }) => institutionCode), source, completed, definition };
}

/** Entries of one title that LEADS knows become one record, of the institution that leads. */
function grouped(facts) {
  const groups = [];
  for (const fact of facts) {
    const lead = LEADS[fact.title];
    if (!lead) groups.push([fact]);
    else if (fact.institutionCode === lead) groups.push([fact, ...facts.filter((other) => other.title === fact.title && other !== fact)]);
  }
  return groups;
}

const UNKNOWN = { hours: null, weeks: null, assessment: null, components: [], partners: [], recognition: [], laddersInto: [], costCad: null, sourceDate: null, titleNote: null };
const catalogue = [
  ...grouped(read('facts/micro-credentials.json')).map((group) => record(group, false)),
  ...read('facts/invented.json').map((fact) => record([{ ...UNKNOWN, ...fact }], true)),
];

writeOrCheck('catalogue.json', `${JSON.stringify(catalogue, null, 1)}\n`, 'build-catalogue.mjs');
