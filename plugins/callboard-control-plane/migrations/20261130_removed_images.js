// @ts-check

/*
 * Images of old releases that were removed, or are being removed: a release
 * that lost its images cannot run again, and says so.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('removed_images', table => {
    table.string('app', 253).notNullable();
    table.string('image', 1000).notNullable();
    table.string('state', 20).notNullable().comment('removing, removed');
    table
      .string('subject', 400)
      .notNullable()
      .comment('A digest of the name of the image');
    table.bigInteger('valid_from').notNullable();
    table.bigInteger('valid_to').nullable();
    table.primary(['subject', 'valid_from']);
  });
  await knex.raw(
    'create unique index removed_images_current on removed_images (subject) where valid_to is null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('subjects').where({ fact: 'removed_images' }).delete();
  await knex.schema.dropTable('removed_images');
};
