// What every story shares; the stories are written beside this file.
export default {
  layout: "story.njk",
  permalink: (data) => `${data.page.filePathStem.replace(/^\/content/, "")}/index.html`,
};
