// @ts-check

/*
 * What apps use: what each instance takes now, and the most that any instance
 * took in each five minutes of the last week. Not part of the history: points
 * are deleted after a week.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('usage', table => {
    table.comment('What instances of an app take on a cluster, read last');
    table.string('app', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.string('cluster', 253).notNullable();
    table.bigInteger('looked_at').notNullable();
    table
      .bigInteger('measured_at')
      .nullable()
      .comment('When the cluster said last what they take');
    table.text('instances').notNullable().comment('JSON: InstanceUsage[]');
    table.text('problem').nullable().comment('JSON: why it does not say');
    table.primary(['app', 'environment', 'cluster'], 'usage_key');
    table.index(['cluster'], 'usage_by_cluster');
  });
  await knex.schema.createTable('usage_points', table => {
    table.comment(
      'The most that a container took, of all instances, in each five minutes of six hours',
    );
    table.string('app', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.string('cluster', 253).notNullable();
    table.string('workload', 63).notNullable();
    table.string('container', 63).notNullable();
    table.bigInteger('from_at').notNullable();
    table.text('points').notNullable().comment('millicores:KiB, by commas');
    table.primary(
      ['app', 'environment', 'cluster', 'workload', 'container', 'from_at'],
      'usage_points_key',
    );
    table.index(['from_at', 'cluster'], 'usage_points_by_time');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('usage_points');
  await knex.schema.dropTable('usage');
};
