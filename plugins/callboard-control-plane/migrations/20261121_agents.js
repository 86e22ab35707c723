// @ts-check

/*
 * Clusters that join by dialing out. One row per cluster: its invitation, the
 * key of the agent that took it, and whether that is revoked. Of a join token
 * only the sha256 is kept; the agent's key here is the public one.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('agents', table => {
    table.string('cluster', 253).primary();
    table
      .text('file')
      .notNullable()
      .comment('The Cluster as it was described, JSON');
    table.string('token_hash', 64).notNullable();
    table.bigInteger('token_expires_at').notNullable();
    table.bigInteger('invited_at').notNullable();
    table
      .string('agent_key', 64)
      .nullable()
      .comment('NULL until an agent joined');
    table.bigInteger('joined_at').nullable();
    table.bigInteger('revoked_at').nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('agents');
};
