// @ts-check

// Rules, remedies and facts of recorded decisions that bore words of our own.
const CODES = [
  ['"rule":"seen-recently"', '"rule":"reachable"'],
  ['"rule":"stays-unseen"', '"rule":"unreachable-tolerated"'],
  ['"rule":"back-for-good"', '"rule":"failback-hold"'],
  ['"rule":"free-room"', '"rule":"free-capacity"'],
  ['"room":', '"capacity":'],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [from, to] of CODES) await rename(knex, from, to);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [from, to] of CODES) await rename(knex, to, from);
};

/**
 * Of all rows, also those that no longer hold: they are shown as of an earlier instant.
 *
 * @param {import('knex').Knex} knex
 * @param {string} from
 * @param {string} to
 */
async function rename(knex, from, to) {
  await knex('placements')
    .where('decision', 'like', `%${from}%`)
    .update({ decision: knex.raw('replace(decision, ?, ?)', [from, to]) });
}
