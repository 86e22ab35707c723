// @ts-check

// The rule that asks for free capacity was called "has-room" in recorded decisions.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await rename(knex, '"has-room"', '"has-capacity"');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await rename(knex, '"has-capacity"', '"has-room"');
};

/**
 * @param {import('knex').Knex} knex
 * @param {string} from
 * @param {string} to
 */
async function rename(knex, from, to) {
  await knex('placements')
    .where('decision', 'like', `%${from}%`)
    .update({ decision: knex.raw('replace(decision, ?, ?)', [from, to]) });
}
