// @ts-check

// Parts of an app on a cluster that said how many replicas they have by a word of our own.
const BEFORE = '"copies":';
const AFTER = '"replicas":';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await rename(knex, BEFORE, AFTER);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await rename(knex, AFTER, BEFORE);
};

/**
 * Of all rows, also those that no longer hold: they are shown as of an earlier instant.
 *
 * @param {import('knex').Knex} knex
 * @param {string} from
 * @param {string} to
 */
async function rename(knex, from, to) {
  await knex('deployments')
    .where('parts', 'like', `%${from}%`)
    .update({ parts: knex.raw('replace(parts, ?, ?)', [from, to]) });
}
