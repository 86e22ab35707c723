// @ts-check

/*
 * How far each agent's own journal is in the record: what it tells again after
 * a lost answer is known by its number and not written twice.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('agents', table => {
    table
      .string('report_journal', 64)
      .nullable()
      .comment('Which journal of the agent; another one begins anew');
    table.integer('report_sequence').notNullable().defaultTo(0);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('agents', table => {
    table.dropColumn('report_journal');
    table.dropColumn('report_sequence');
  });
};
