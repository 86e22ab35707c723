// @ts-check

/*
 * What moves apps between clusters: whether a cluster takes apps (no row: it
 * does), and which apps stand in for a cluster that was lost. Both are facts
 * with an interval, so that every page of the past knows them.
 */

/** @param {import('knex').Knex.CreateTableBuilder} table */
function addValidity(table) {
  table.string('subject', 400).notNullable();
  table.bigInteger('valid_from').notNullable();
  table.bigInteger('valid_to').nullable();
  table.primary(['subject', 'valid_from']);
}

/** @param {import('knex').Knex} knex @param {string} name */
async function keepOneCurrent(knex, name) {
  await knex.raw(
    `create unique index ${name}_current on ${name} (subject) where valid_to is null`,
  );
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_schedulings', table => {
    table.string('cluster', 253).notNullable();
    table
      .string('mode', 10)
      .notNullable()
      .comment('cordoned: nothing new lands; draining: what runs leaves too');
    table.string('set_by', 400).notNullable();
    table.text('why').nullable();
    addValidity(table);
  });
  await keepOneCurrent(knex, 'cluster_schedulings');

  await knex.schema.createTable('failovers', table => {
    table.string('app', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.string('cluster', 253).notNullable().comment('The one that was lost');
    table
      .text('stand_ins')
      .notNullable()
      .comment('Clusters that took its place, JSON');
    table
      .string('state', 10)
      .notNullable()
      .comment('away; returning: it may come back');
    addValidity(table);
    table.index(['state', 'valid_from']);
  });
  await keepOneCurrent(knex, 'failovers');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('failovers');
  await knex.schema.dropTable('cluster_schedulings');
};
