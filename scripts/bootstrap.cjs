// Every root command starts here. Old Nodes must be able to parse this file, so that they can say what is needed.
"use strict"

const neededMajor = 20

if (Number(process.versions.node.split(".")[0]) < neededMajor) {
  console.error(`Timegrid's checkout needs Node.js ${neededMajor} or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

import("./bootstrap/main.mjs")
