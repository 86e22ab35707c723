// @ts-check

/*
 * Labels that people set on a cluster by hand. They are kept apart from what
 * the cluster's source says, so that neither overwrites the other: a label set
 * by hand counts until it is taken away again.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_labels', table => {
    table.string('cluster', 253).notNullable();
    table.text('labels').notNullable().comment('All that are set, JSON');
    table.string('set_by', 400).notNullable();
    table.string('subject', 400).notNullable();
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to').nullable();
    table.primary(['subject', 'valid_from']);
  });
  await knex.raw(
    'create unique index cluster_labels_current on cluster_labels (subject) where valid_to is null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_labels');
};
