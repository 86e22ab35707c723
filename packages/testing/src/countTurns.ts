/** Counts the turns of the event loop while `work` runs: other work is served in each. */
export async function countTurns(
  work: () => Promise<unknown>,
): Promise<number> {
  let turns = 0;
  let isOver = false;
  const others = () => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  try {
    await work();
  } finally {
    isOver = true;
  }
  return turns;
}
