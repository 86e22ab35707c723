// @ts-check

/*
 * What others deployed, as it was seen: which components of the catalog are
 * observed, what runs of each on which cluster, and which clusters do not let
 * Callboard look.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const validity = (
    /** @type {import('knex').Knex.CreateTableBuilder} */ table,
  ) => {
    table.string('subject', 400).notNullable();
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to').nullable();
    table.primary(['subject', 'valid_from']);
  };
  await knex.schema.createTable('observed_apps', table => {
    table.comment('Components of the catalog that are observed');
    table.string('entity_ref', 255).notNullable();
    table.string('label', 63).notNullable().comment('Value of the label');
    table
      .string('namespace', 63)
      .nullable()
      .comment('The only one that counts');
    validity(table);
  });
  await knex.schema.createTable('observed_placements', table => {
    table.comment('What runs of an observed component on a cluster');
    table.string('entity_ref', 255).notNullable();
    table.string('cluster', 253).notNullable();
    table.text('state').notNullable().comment('JSON');
    validity(table);
    table.index(['entity_ref', 'valid_from'], 'observed_placements_history');
  });
  await knex.schema.createTable('unread_clusters', table => {
    table.comment('Clusters on which what others deployed cannot be read');
    table.string('cluster', 253).notNullable();
    table.text('why').notNullable();
    validity(table);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('unread_clusters');
  await knex.schema.dropTable('observed_placements');
  await knex.schema.dropTable('observed_apps');
};
