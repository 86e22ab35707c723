// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('notified_needs', table => {
    table.comment('Needs of apps whose owners were notified');
    table.text('app').notNullable();
    table.text('environment').notNullable().comment('Empty: the app itself');
    table.text('reason').notNullable();
    table.text('owner').notNullable().comment('Entity reference');
    table.text('what').notNullable();
    table.bigInteger('notified_at_ms').nullable().comment('Null: nobody yet');
    table
      .bigInteger('claimed_until_ms')
      .nullable()
      .comment('Until then one process is sending');
    table.primary(['app', 'environment', 'reason']);
  });
  await knex.schema.createTable('sent_notifications', table => {
    table.comment('Notifications of the last hour');
    table.text('owner').notNullable();
    table.bigInteger('at_ms').notNullable();
    table.index(['owner', 'at_ms']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sent_notifications');
  await knex.schema.dropTable('notified_needs');
};
