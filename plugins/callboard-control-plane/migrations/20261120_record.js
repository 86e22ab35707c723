// @ts-check

/*
 * The record. A fact that changes is a row with a half-open interval
 * [valid_from, valid_to): an open end is NULL, rows are closed and never
 * rewritten, and one partial unique index per table keeps one current row per
 * subject. Instants are milliseconds since 1970 (UTC).
 *
 * Reading "as of" probes each subject for its last row that began by then, so
 * it costs one index lookup per subject however long the history is; `subjects`
 * holds what to probe.
 */

/** @param {import('knex').Knex.CreateTableBuilder} table */
function temporal(table) {
  table
    .string('subject', 400)
    .notNullable()
    .comment('What the fact is about, as one text');
  table.bigInteger('valid_from').notNullable();
  table.bigInteger('valid_to').nullable().comment('NULL while the fact holds');
}

const TEMPORAL = [
  'apps',
  'environment_releases',
  'placements',
  'deployments',
  'clusters',
  'cluster_contacts',
  'cluster_facts',
  'platform_files',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('subjects', table => {
    table.comment(
      'Every subject a temporal table ever spoke of: what a read "as of" probes',
    );
    table
      .string('fact', 40)
      .notNullable()
      .comment('Name of the temporal table');
    table.string('subject', 400).notNullable();
    table.string('app', 63).nullable();
    table.string('cluster', 253).nullable();
    table.primary(['fact', 'subject']);
    table.index(['fact', 'app'], 'subjects_by_app');
    table.index(['fact', 'cluster'], 'subjects_by_cluster');
  });

  await knex.schema.createTable('apps', table => {
    temporal(table);
    table.string('name', 63).notNullable();
    table.text('title').notNullable();
    table.string('owner', 255).notNullable().comment('Entity reference');
    table.string('system', 255).nullable();
    table.bigInteger('created_at').notNullable();
  });

  await knex.schema.createTable('revisions', table => {
    table.comment('Commits that were pushed');
    table.string('app', 63).notNullable();
    table.string('commit', 64).notNullable();
    table
      .integer('position')
      .notNullable()
      .comment('Order of the pushes of one app, from 1');
    table.text('message').notNullable();
    table.text('author').notNullable();
    table.string('pushed_by', 255).notNullable();
    table.bigInteger('pushed_at').notNullable();
    table
      .text('spec')
      .notNullable()
      .comment('JSON: app file and workloads as parsed at the push');
    table.primary(['app', 'commit']);
    table.unique(['app', 'position'], { indexName: 'revisions_position' });
  });

  await knex.schema.createTable('builds', table => {
    table.string('app', 63).notNullable();
    table.string('commit', 64).notNullable();
    table.integer('position').notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('pending, succeeded or failed');
    table.string('builder', 255).notNullable();
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('started_at').nullable();
    table.bigInteger('finished_at').nullable();
    table.text('problem').nullable().comment('JSON: Problem');
    table.primary(['app', 'commit']);
    table.index(['state', 'app', 'position'], 'builds_to_do');
  });

  await knex.schema.createTable('releases', table => {
    table.comment('Immutable, numbered per app from 1');
    table.string('app', 63).notNullable();
    table.integer('number').notNullable();
    table.string('commit', 64).notNullable();
    table.text('message').notNullable();
    table.text('author').notNullable();
    table.string('created_by', 255).notNullable();
    table.bigInteger('created_at').notNullable();
    table
      .text('content')
      .notNullable()
      .comment('JSON: app file, workloads, images and files of the workloads');
    table.primary(['app', 'number']);
    table.unique(['app', 'commit'], { indexName: 'releases_one_per_commit' });
  });

  await knex.schema.createTable('environment_releases', table => {
    temporal(table);
    table.string('app', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.integer('release').notNullable();
    table.string('released_by', 255).notNullable();
  });

  await knex.schema.createTable('placements', table => {
    temporal(table);
    table.string('app', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.integer('release').notNullable();
    table
      .text('decision')
      .notNullable()
      .comment('JSON: PlacementDecision with all its verdicts');
  });

  await knex.schema.createTable('deployments', table => {
    temporal(table);
    table.string('kind', 16).notNullable().comment('app or blueprint');
    table.string('name', 63).notNullable().comment('Of the app or blueprint');
    table
      .string('environment', 63)
      .notNullable()
      .comment('Empty for blueprints');
    table.string('cluster', 253).notNullable();
    table
      .integer('desired_release')
      .nullable()
      .comment('NULL while it is being removed; version of a blueprint');
    table.integer('observed_release').nullable();
    table.string('desired_fingerprint', 64).nullable();
    table.string('applied_fingerprint', 64).nullable();
    table.string('sync', 16).notNullable();
    table.string('health', 16).notNullable();
    table.text('health_reason').notNullable();
    table.text('health_message').notNullable();
    table.integer('instances_ready').notNullable();
    table.integer('instances_wanted').notNullable();
    table.text('urls').notNullable().comment('JSON: texts');
    table
      .text('parts')
      .notNullable()
      .comment('JSON: health per workload or add-on');
    table.text('drift').notNullable().comment('JSON: DriftItem');
    table.text('findings').notNullable().comment('JSON: Finding');
    table
      .text('inventory')
      .notNullable()
      .comment('JSON: fingerprint of each object that was applied');
    table
      .text('problem')
      .nullable()
      .comment('JSON: Problem that prevents the delivery');
  });

  await knex.schema.createTable('clusters', table => {
    temporal(table);
    table.string('name', 253).notNullable();
    table.string('source', 63).notNullable();
    table.string('connection_kind', 16).notNullable();
    table.integer('liveness_deadline_ms').notNullable();
    table.text('file').notNullable().comment('JSON: ClusterFile');
  });

  await knex.schema.createTable('cluster_contacts', table => {
    table.comment('Changes of contact only; heartbeats are not rows');
    temporal(table);
    table.string('cluster', 253).notNullable();
    table.string('state', 16).notNullable().comment('live or lost');
    table
      .bigInteger('last_seen_at')
      .nullable()
      .comment('For lost ones: when it was heard of last');
    table
      .text('problem')
      .nullable()
      .comment('JSON: Problem, why it cannot be reached');
  });

  await knex.schema.createTable('cluster_facts', table => {
    table.comment('What the cluster itself says');
    temporal(table);
    table.string('cluster', 253).notNullable();
    table.text('version').nullable();
    table.integer('nodes_ready').notNullable();
    table.integer('nodes_total').notNullable();
    table.text('capacity').notNullable().comment('JSON: ResourceAmounts');
    table.text('allocatable').notNullable().comment('JSON: ResourceAmounts');
    table.text('requested').notNullable().comment('JSON: ResourceAmounts');
  });

  await knex.schema.createTable('cluster_heartbeats', table => {
    table.comment(
      'A checkpoint of the last contact, at most one write a minute: what a restarted process knows',
    );
    table.string('cluster', 253).primary();
    table.bigInteger('seen_at').notNullable();
  });

  await knex.schema.createTable('platform_files', table => {
    temporal(table);
    table.string('kind', 63).notNullable();
    table.string('name', 253).notNullable();
    table.text('file').notNullable().comment('JSON');
  });

  for (const table of TEMPORAL) {
    await knex.raw(
      `create unique index ${table}_current on ${table} (subject) where valid_to is null`,
    );
    await knex.raw(
      `create unique index ${table}_history on ${table} (subject, valid_from)`,
    );
  }
  await knex.raw(
    'create index deployments_by_app on deployments (name, kind) where valid_to is null',
  );
  await knex.raw(
    'create index deployments_by_cluster on deployments (cluster) where valid_to is null',
  );

  await knex.schema.createTable('observed_objects', table => {
    table.comment(
      'What the watch saw last: a digest per object, never the object',
    );
    table.string('cluster', 253).notNullable();
    table.string('object', 900).notNullable().comment('refKey of the object');
    table.text('digest').notNullable().comment('JSON: ObjectDigest');
    table.primary(['cluster', 'object']);
  });

  await knex.schema.createTable('watch_cursors', table => {
    table.string('cluster', 253).notNullable();
    table.string('kind', 300).notNullable();
    table.text('resource_version').notNullable();
    table.primary(['cluster', 'kind']);
  });

  await knex.schema.createTable('leases', table => {
    table.comment(
      'Who may work on what. The token grows with every new holder and is checked by the writes',
    );
    table.string('name', 300).primary();
    table.string('holder', 255).notNullable();
    table.integer('token').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.index(['holder'], 'leases_by_holder');
  });

  await knex.schema.createTable('journal', table => {
    table.comment(
      'Append-only; each entry is chained to the one before by hash',
    );
    table.integer('sequence').primary();
    table.bigInteger('at').notNullable();
    table.string('actor', 255).notNullable();
    table.string('action', 63).notNullable();
    table.string('app', 63).nullable();
    table.string('environment', 63).nullable();
    table.string('cluster', 253).nullable();
    table.integer('release').nullable();
    table.text('message').notNullable();
    table.text('why').nullable();
    table.text('before').nullable().comment('JSON');
    table.text('after').nullable().comment('JSON');
    table.string('hash', 64).notNullable();
    table.index(['app', 'sequence'], 'journal_by_app');
    table.index(['cluster', 'sequence'], 'journal_by_cluster');
  });

  await knex.schema.createTable('journal_head', table => {
    table.comment(
      'One row: the newest entry. Writers take their turn by locking it',
    );
    table.integer('id').primary();
    table.integer('sequence').notNullable();
    table.string('hash', 64).notNullable();
  });
  await knex('journal_head').insert({
    id: 1,
    sequence: 0,
    hash: '0'.repeat(64),
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  const others = [
    'revisions',
    'builds',
    'releases',
    'cluster_heartbeats',
    'observed_objects',
    'watch_cursors',
    'leases',
    'journal',
    'journal_head',
    'subjects',
  ];
  for (const table of [...TEMPORAL, ...others])
    await knex.schema.dropTable(table);
};
