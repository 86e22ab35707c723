// @ts-check

/*
 * Repositories elsewhere that apps follow. Who connected one, and when, is in
 * the journal; here is what is followed now, and how the last look at it went.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('app_sources', table => {
    table.comment('Branches of repositories elsewhere that apps follow');
    table.string('app', 63).primary();
    table.string('url', 500).notNullable();
    table.string('branch', 250).notNullable();
    table
      .string('path', 500)
      .nullable()
      .comment('Folder of the repository that is the app; NULL for all of it');
    table.string('connected_by', 255).notNullable();
    table.bigInteger('connected_at').notNullable();
    table
      .string('commit', 40)
      .nullable()
      .comment('Of the branch, the last one that was judged');
    table
      .string('head', 40)
      .nullable()
      .comment("The app's own commit for it; NULL where it was refused");
    table.bigInteger('checked_at').nullable();
    table.text('problem').nullable().comment('JSON: Problem of the last look');
    table
      .integer('failures')
      .notNullable()
      .defaultTo(0)
      .comment('Looks in a row that did not reach the branch');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('app_sources');
};
