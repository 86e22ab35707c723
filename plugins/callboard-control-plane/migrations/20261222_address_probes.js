// @ts-check

/*
 * What the portal found at the addresses of apps: now, and since when. Not part
 * of the history; what people should know later is in the journal.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('address_probes', table => {
    table.comment('What the portal found at addresses of apps');
    table.string('url', 1400).primary();
    table.string('app', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.string('state', 40).notNullable();
    table.bigInteger('since').notNullable();
    table
      .bigInteger('checked_at')
      .notNullable()
      .comment('When it was last seen to be so');
    table.integer('ms').nullable();
    table.integer('status').nullable().comment('Of the HTTP answer');
    table.bigInteger('certificate_ends_at').nullable();
    table
      .integer('failures')
      .notNullable()
      .comment('Readings in a row that were no good answer');
    table
      .string('doubt_state', 40)
      .nullable()
      .comment('What the last reading said, where it said otherwise');
    table.bigInteger('doubt_since').nullable();
    table
      .boolean('noted_answers')
      .notNullable()
      .comment('What the journal says');
    table.bigInteger('noted_at').notNullable();
    table
      .text('targets')
      .notNullable()
      .comment(
        'JSON: where clusters let the world in, of a name that does not resolve',
      );
    table.index(['app'], 'address_probes_app');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('address_probes');
};
