// @ts-check

/*
 * What is known of the agents of clusters that dial out: how far each has come
 * with joining, its version, and a newer one on its way. Facts with an interval,
 * as in the record. And which process holds each link at the moment: soft state,
 * renewed while the link is there.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_agents', table => {
    table.string('subject', 400).notNullable().comment('Name of the cluster');
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to').nullable();
    table.string('cluster', 253).notNullable();
    table.bigInteger('invited_at').notNullable();
    table.bigInteger('token_expires_at').notNullable();
    table.bigInteger('joined_at').nullable().comment('The token was used');
    table.bigInteger('connected_at').nullable().comment('For the first time');
    table.text('rights').nullable().comment('JSON: AgentRights');
    table.bigInteger('inventory_at').nullable();
    table.bigInteger('ready_at').nullable();
    table.string('agent_version', 500).nullable();
    table.integer('runs_in_cluster').notNullable().comment('0 or 1');
    table.text('upgrade').nullable().comment('JSON: AgentUpgradeRecord');
  });
  await knex.raw(
    'create unique index cluster_agents_current on cluster_agents (subject) where valid_to is null',
  );
  await knex.raw(
    'create unique index cluster_agents_history on cluster_agents (subject, valid_from)',
  );

  await knex.schema.createTable('agent_links', table => {
    table.comment('Which process an agent is connected to, while it is');
    table.string('cluster', 253).primary();
    table.string('holder', 255).notNullable();
    table.bigInteger('seen_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('agent_links');
  await knex.schema.dropTable('cluster_agents');
};
