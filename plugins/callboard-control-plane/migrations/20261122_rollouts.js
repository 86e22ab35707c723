// @ts-check

/*
 * Rollouts: a release on its way over the clusters of an environment. One
 * current row per app and environment, with the state of the machine whole:
 * what is read as of an instant is drawn by the same function as what is now.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts', table => {
    table.string('subject', 400).notNullable().comment('app/environment');
    table.bigInteger('valid_from').notNullable();
    table
      .bigInteger('valid_to')
      .nullable()
      .comment('NULL while the fact holds');
    table.string('app', 63).notNullable();
    table.string('environment', 63).notNullable();
    table.integer('release').notNullable();
    table
      .integer('release_before')
      .nullable()
      .comment('What clusters run until their turn');
    table.string('started_by', 255).notNullable();
    table.bigInteger('started_at').notNullable();
    table.bigInteger('finished_at').nullable().comment('NULL while it goes on');
    table
      .text('held')
      .notNullable()
      .comment('JSON: clusters it is not placed on any more, kept until done');
    table
      .text('contacts')
      .notNullable()
      .comment(
        'JSON: by cluster, since when (ms) the contact holds that was taken in',
      );
    table.text('state').notNullable().comment('JSON: Rollout of the core');
  });
  await knex.raw(
    'create unique index rollouts_current on rollouts (subject) where valid_to is null',
  );
  await knex.raw(
    'create unique index rollouts_history on rollouts (subject, valid_from)',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('subjects').where({ fact: 'rollouts' }).delete();
  await knex.schema.dropTable('rollouts');
};
