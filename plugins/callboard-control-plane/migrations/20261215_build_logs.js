// @ts-check

/*
 * What builds said, kept with the revision that was built. As with all output,
 * only its first and its last lines.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('build_logs', table => {
    table.comment('Output of the builds of an app, the newest ones');
    table.string('app', 63).notNullable();
    table.integer('position').notNullable().comment('Of the build');
    table.text('lines').notNullable().comment('JSON: head, tail, leftOut');
    table.primary(['app', 'position'], 'build_logs_key');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('build_logs');
};
