// @ts-check

/*
 * Releases of images that were built elsewhere: requests that may be sent again,
 * and the statements of provenance that came with them, as they came.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('release_requests', table => {
    table.comment('Requests for a release that may be sent again');
    table.string('app', 63).notNullable();
    table.string('request_key', 200).notNullable();
    table.string('digest', 64).notNullable().comment('Of the body');
    table.string('commit', 64).notNullable().comment('What it became');
    table.primary(['app', 'request_key'], 'release_requests_key');
  });
  await knex.schema.createTable('provenances', table => {
    table.comment('Statements of who built the images of a revision');
    table.string('app', 63).notNullable();
    table.string('commit', 64).notNullable();
    table.text('statement').notNullable().comment('JSON: in-toto');
    table.primary(['app', 'commit'], 'provenances_key');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('provenances');
  await knex.schema.dropTable('release_requests');
};
