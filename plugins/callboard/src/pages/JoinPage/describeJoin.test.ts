import { joiningCluster } from '../../stories/fixtures';
import { describeJoin, listJoinSteps } from './describeJoin';

describe('describeJoin', () => {
  it.each([
    {
      done: 1,
      says: 'store-7 is registered. It joins when its command is run where kubectl reaches it.',
      steps: 'done waiting to come to come to come to come',
    },
    {
      done: 3,
      says: 'store-7 is joining: 3 of 6 steps are done, “rights checked” is next.',
      steps: 'done done done waiting to come to come',
    },
    {
      done: 3,
      failed: 'It may not list nodes',
      says: 'store-7 cannot join: it stopped at “rights checked”.',
      steps: 'done done done failed to come to come',
    },
    {
      done: 6,
      says: 'store-7 has joined the fleet.',
      steps: 'done done done done done done',
    },
  ])('$says', ({ done, failed, says, steps }) => {
    const cluster = joiningCluster(done, failed);
    expect(describeJoin(cluster, cluster.join!)).toBe(says);
    expect(
      listJoinSteps(cluster.join!)
        .map(({ standing }) => standing)
        .join(' '),
    ).toBe(steps);
  });

  it('says what is waited for at the current step alone, in the words of the API where it has some', () => {
    const { join } = joiningCluster(2);
    const messages = (shown: typeof join) =>
      listJoinSteps(shown!).map(({ message }) => message);
    expect(messages(join).filter(Boolean)).toEqual([
      'The agent starts and dials out',
    ]);
    const reported = {
      steps: join!.steps.map(step =>
        step.step === 'connected'
          ? { ...step, message: 'Pulling the image' }
          : step,
      ),
    };
    expect(messages(reported).filter(Boolean)).toEqual(['Pulling the image']);
  });
});
