// @ts-check

/*
 * What people said of how an environment of an app is operated, beside its
 * release: that it is stopped, and how many replicas it has. A restart is a
 * numbered change like one of settings (`setting_changes`, kind `restart`), as
 * it goes over clusters in the same waves.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('environment_operations', table => {
    table.comment('Environments of apps that were stopped or scaled');
    table.string('app', 253).notNullable();
    table.string('environment', 63).notNullable();
    table.string('state', 20).notNullable().comment('running, stopped');
    table
      .integer('replicas')
      .nullable()
      .comment('Instead of what the files say');
    table.string('changed_by', 255).notNullable();
    table.text('why').nullable();
    table.string('subject', 400).notNullable();
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to').nullable();
    table.primary(['subject', 'valid_from']);
  });
  await knex.raw(
    'create unique index environment_operations_current on environment_operations (subject) where valid_to is null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('subjects').where({ fact: 'environment_operations' }).delete();
  await knex.schema.dropTable('environment_operations');
};
