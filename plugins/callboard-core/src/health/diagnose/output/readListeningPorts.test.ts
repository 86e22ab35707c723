import { readListeningPorts } from './readListeningPorts';

describe('ports an output speaks of', () => {
  it.each([
    ['Server listening on port 3000', ['3000']],
    ['listening on :8080', ['8080']],
    ['Listening at http://localhost:3000', ['3000']],
    [' * Running on http://127.0.0.1:5000', ['5000']],
    ['Tomcat started on port 8080 (http) with context path', ['8080']],
    ['Now listening on: http://[::]:5000', ['5000']],
    ['* Listening on http://0.0.0.0:9292', ['9292']],
    ['Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)', ['8000']],
    ['INFO listening address=0.0.0.0:7070', ['7070']],
    ['callboard: the program listens on port 3000', ['3000']],
    ['metrics listening on :9090\nlistening on :3000', ['3000', '9090']],
    ['cannot listen on :8080', []],
    ['started at 12:30', []],
    ['ready in 3000 ms', []],
    ['connected to db:5432', []],
    ['listening', []],
  ])('%s', (output, expected) =>
    expect(readListeningPorts(output.split('\n'))).toEqual(expected),
  );
});
