// Reads the calendar files named on the command line with ical.js and with node-ical, and prints what both found:
// {"ical.js": {file: [{uid, start, end, title, place, text, status}]}, "node-ical": …}. Days are as they are (their
// end exclusive), times are instants; what has no end is over at once, and a word that is missing is left out.
// Where a program fails, a text says so in place of the list.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const pad = (number) => String(number).padStart(2, "0");
const instant = (date) => date.toISOString().slice(0, 16) + "Z";

function withIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const time = (value) => (value.isDate ? value.toString() : instant(value.toJSDate()));
  return calendar.getAllSubcomponents("vevent").map((event) => {
    const value = (name) => event.getFirstPropertyValue(name) ?? undefined;
    const [start, end] = [value("dtstart"), value("dtend")];
    return {
      uid: value("uid"),
      start: time(start),
      end: time(end ?? start),
      title: value("summary"),
      place: value("location"),
      text: value("description"),
      status: value("status"),
    };
  });
}

function withNodeIcal(text) {
  const words = (value) => (value !== null && typeof value === "object" ? value.val : value);
  // It gives a day as the midnight of the machine's own zone.
  const time = (date) =>
    date.dateOnly
      ? `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
      : instant(date);
  return Object.values(nodeIcal.sync.parseICS(text))
    .filter((item) => item.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      start: time(event.start),
      end: time(event.end ?? event.start),
      title: words(event.summary),
      place: words(event.location),
      text: words(event.description),
      status: words(event.status),
    }));
}

function read(program, file) {
  try {
    return program(readFileSync(file, "utf8"));
  } catch (error) {
    return String(error);
  }
}

const programs = { "ical.js": withIcalJs, "node-ical": withNodeIcal };
const answer = {};
for (const [name, program] of Object.entries(programs)) {
  answer[name] = Object.fromEntries(process.argv.slice(2).map((file) => [file, read(program, file)]));
}
process.stdout.write(JSON.stringify(answer));
