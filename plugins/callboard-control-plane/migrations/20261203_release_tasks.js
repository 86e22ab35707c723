// @ts-check

/*
 * A task of a release (a migration of its database) runs once per release and
 * environment: where it runs and that it ended well outlive the object on the
 * cluster, and the cluster.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('release_tasks', table => {
    table.comment('Tasks of releases that were started in an environment');
    table.string('app', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.integer('release').notNullable();
    table.string('workload', 63).notNullable();
    table.string('cluster', 253).notNullable().comment('Where it runs');
    table.bigInteger('started_at').notNullable();
    table.bigInteger('succeeded_at').nullable();
    table.primary(
      ['app', 'environment', 'release', 'workload'],
      'release_tasks_key',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('release_tasks');
};
