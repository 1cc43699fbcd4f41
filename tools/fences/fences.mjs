/** Who may import whom, by the tag in each project's package.json. Everything that is not listed is refused. */
const PLATFORM = ['role:event-kit', 'role:database', 'role:messaging', 'role:identity', 'role:runtime'];

const may = (sourceTag, ...onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags: [...onlyDependOnLibsWithTags, 'role:testing'] });

export const fences = [
  may('role:app', 'role:service', 'role:registry-service', 'role:pathways-service', 'role:credentials-service', 'role:runtime', 'role:demonstration', 'role:kafka-broker'),
  may('role:service', 'role:contracts', ...PLATFORM),
  may('role:registry-service', 'role:contracts', 'role:registry-store', ...PLATFORM),
  may('role:pathways-service', 'role:contracts', 'role:pathway-engine', ...PLATFORM),
  may('role:credentials-service', 'role:contracts', 'role:credentials', ...PLATFORM),
  may('role:registry-store', 'role:database', 'role:event-kit'),
  may('role:contracts', 'role:event-kit'),
  may('role:demonstration', 'role:contracts', 'role:event-kit', 'role:identity'),
  may('role:publisher', 'role:contracts', 'role:event-kit', 'role:identity', 'role:messaging'),
  may('role:event-kit'),
  may('role:pathway-engine'),
  may('role:credentials', 'role:event-kit'),
  may('role:verifier', 'role:credentials', 'role:event-kit'),
  may('role:identity', 'role:event-kit'),
  may('role:database', 'role:event-kit'),
  may('role:messaging', 'role:database', 'role:event-kit'),
  may('role:runtime', 'role:messaging', 'role:database', 'role:identity', 'role:event-kit'),
  may('role:testing', ...PLATFORM, 'role:contracts', 'role:kafka-broker'),
  may(
    'role:bench',
    'role:pathway-engine',
    'role:credentials',
    'role:service',
    'role:registry-service',
    'role:pathways-service',
    'role:credentials-service',
    'role:registry-store',
    'role:contracts',
    'role:demonstration',
    'role:kafka-broker',
    ...PLATFORM,
  ),
  may('role:e2e', 'role:contracts', 'role:kafka-broker'),
  may('role:kafka-broker'),
  may('role:operator', 'role:contracts', 'role:event-kit', 'role:identity'),
  may('role:tools', 'role:identity'),
];
