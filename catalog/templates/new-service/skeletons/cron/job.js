const name = '${{ values.name }}';

console.log(`${name} begins at ${new Date().toISOString()}`);

// What is to be done goes here. What throws ends the run as failed: it is tried
// again as often as app.yaml says, and the page of the app shows its last lines.

console.log(`${name} is done`);
