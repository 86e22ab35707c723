// @ts-check

// The portal registers clusters, as Open Cluster Management calls it. It no longer invites them.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const table of ['agents', 'cluster_agents'])
    await knex.schema.alterTable(table, builder => {
      builder.renameColumn('invited_at', 'registered_at');
    });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['agents', 'cluster_agents'])
    await knex.schema.alterTable(table, builder => {
      builder.renameColumn('registered_at', 'invited_at');
    });
};
