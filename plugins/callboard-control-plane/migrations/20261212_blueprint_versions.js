// @ts-check

/*
 * Versions of blueprints that were active once, with their content: a file in
 * git holds only the newest, and clusters may stay on those before. Which
 * version the clusters that follow a blueprint were brought to, and rollouts of
 * versions over them, with the state of the machine whole.
 */

/** @param {import('knex').Knex.CreateTableBuilder} table */
function validity(table) {
  table.string('subject', 400).notNullable();
  table.bigInteger('valid_from').notNullable();
  table.bigInteger('valid_to').nullable().comment('NULL while the fact holds');
  table.primary(['subject', 'valid_from']);
}

const TABLES = [
  'blueprint_versions',
  'blueprint_targets',
  'blueprint_rollouts',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('blueprint_versions', table => {
    validity(table);
    table.string('name', 63).notNullable();
    table.integer('version').notNullable();
    table.string('digest', 64).notNullable().comment('Of what clusters get');
    table
      .text('file')
      .notNullable()
      .comment('JSON: as it is used, with the version of its base');
  });
  await knex.schema.createTable('blueprint_targets', table => {
    validity(table);
    table.string('name', 63).notNullable();
    table
      .string('channel', 63)
      .notNullable()
      .comment('Empty for clusters that name the blueprint only');
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('blueprint_rollouts', table => {
    validity(table);
    table.string('blueprint', 63).notNullable();
    table.integer('number').notNullable().comment('By blueprint, from 1');
    table.integer('version').notNullable();
    table.integer('version_before').nullable();
    table
      .text('targets_before')
      .notNullable()
      .comment('JSON: by channel, what clusters had been brought to');
    table.string('started_by', 255).notNullable();
    table.bigInteger('started_at').notNullable();
    table.text('why').notNullable();
    table.bigInteger('finished_at').nullable().comment('NULL while it goes on');
    table
      .text('decision_groups')
      .notNullable()
      .comment('JSON: selectors by which clusters come in groups');
    table.text('contacts').notNullable();
    table
      .text('unwell')
      .notNullable()
      .comment('JSON: by cluster, apps that were not healthy before its turn');
    table.text('state').notNullable().comment('JSON: Rollout of the core');
  });
  for (const name of TABLES)
    await knex.raw(
      `create unique index ${name}_current on ${name} (subject) where valid_to is null`,
    );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('subjects').whereIn('fact', TABLES).delete();
  for (const name of TABLES) await knex.schema.dropTable(name);
};
