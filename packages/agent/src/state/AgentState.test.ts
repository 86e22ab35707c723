import { readObjectPlace } from '../desired/ObjectPlace';
import { AgentState } from './AgentState';
import { MemoryStateStore } from './MemoryStateStore';

const NOW = new Date('2026-11-20T10:00:00Z');
const placeOf = (name: string) =>
  readObjectPlace(`/api/v1/namespaces/shop--dev/configmaps/${name}`)!;

const want = async (state: AgentState, name: string, text: string) => {
  const place = placeOf(name);
  state.desired.intend(place, text);
  state.desired.settle(place.key, text, true);
  await state.flush();
};
const wanted = (state: AgentState, name: string) =>
  state.desired.get(placeOf(name).key)?.wanted;

/** While one version replaces another, two agents of one cluster share what they keep. */
describe('two agents, one after the other', () => {
  let store: MemoryStateStore;
  let older: AgentState;
  let newer: AgentState;

  beforeEach(async () => {
    store = new MemoryStateStore();
    older = await AgentState.open(store);
    await want(older, 'a', 'first');
    await want(older, 'b', 'first');
    newer = await AgentState.open(store); // starts while the older one still serves
  });

  it('lose nothing of what the older one was told until its last moment', async () => {
    await want(older, 'a', 'second');
    older.desired.forget(placeOf('b').key);
    await older.flush();
    await newer.catchUp();
    expect([wanted(newer, 'a'), wanted(newer, 'b')]).toEqual([
      'second',
      undefined,
    ]);
  });

  it('keep what the newer one saw for itself', async () => {
    newer.events.append({ kind: 'agent-started', version: '2' }, NOW);
    await newer.catchUp();
    expect(newer.events.entries).toHaveLength(1);
    await newer.flush();
    expect((await AgentState.open(store)).events.entries).toHaveLength(1);
  });

  it('do not write over each other: who was replaced lets go', async () => {
    older.desired.intend(placeOf('a'), 'on its way');
    older.leaveToAnother();
    await newer.catchUp();
    await want(newer, 'a', 'third');
    await older.close();
    expect(wanted(await AgentState.open(store), 'a')).toBe('third');
    await older.catchUp(); // it has its place back
    expect(wanted(older, 'a')).toBe('third');
  });

  it('do not read again where nobody else was', async () => {
    await older.catchUp();
    await want(newer, 'a', 'by somebody else');
    await older.catchUp();
    expect(wanted(older, 'a')).toBe('first');
  });
});
