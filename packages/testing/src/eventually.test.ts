import { eventually } from './eventually';

describe('eventually', () => {
  it('answers once the check holds', async () => {
    let looks = 0;
    const answer = await eventually('it was looked at three times', () => {
      looks += 1;
      expect(looks).toBe(3);
      return 'done';
    });
    expect(answer).toBe('done');
  });

  it('says what was waited for, and the last complaint', async () => {
    const complaint = new Error('still red');
    await expect(
      eventually('it is green', () => Promise.reject(complaint), 1),
    ).rejects.toMatchObject({
      message: 'it is green: not within 1 ms: still red',
      cause: complaint,
    });
  });

  it('complains as the check does where nothing is said', async () => {
    await expect(
      eventually(() => Promise.reject(new Error('still red')), {
        timeoutMs: 1,
      }),
    ).rejects.toThrow('still red');
  });
});
