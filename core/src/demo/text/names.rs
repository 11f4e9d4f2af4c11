//! Names of people: Chinese ones with their pinyin, and some English ones.

use crate::demo::random::Chance;

/// A person's name as written and as a login needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As the person writes it, such as 张伟.
    pub written: String,
    /// In Latin letters, such as `Zhang Wei`.
    pub latin: String,
}

impl Name {
    /// The name as it stands in logins and addresses, such as `zhang.wei`.
    #[must_use]
    pub fn handle(&self) -> String {
        self.latin.to_lowercase().replace(' ', ".")
    }
}

#[rustfmt::skip]
const SURNAMES: [((&str, &str), u32); 40] = [
    (("王", "Wang"), 72), (("李", "Li"), 71), (("张", "Zhang"), 68), (("刘", "Liu"), 54),
    (("陈", "Chen"), 45), (("杨", "Yang"), 31), (("黄", "Huang"), 22), (("赵", "Zhao"), 21),
    (("吴", "Wu"), 20), (("周", "Zhou"), 20), (("徐", "Xu"), 17), (("孙", "Sun"), 15),
    (("马", "Ma"), 13), (("朱", "Zhu"), 13), (("胡", "Hu"), 13), (("郭", "Guo"), 12),
    (("何", "He"), 11), (("高", "Gao"), 10), (("林", "Lin"), 10), (("罗", "Luo"), 9),
    (("郑", "Zheng"), 9), (("梁", "Liang"), 9), (("谢", "Xie"), 8), (("宋", "Song"), 8),
    (("唐", "Tang"), 7), (("许", "Xu"), 7), (("韩", "Han"), 7), (("冯", "Feng"), 6),
    (("邓", "Deng"), 6), (("曹", "Cao"), 6), (("彭", "Peng"), 5), (("曾", "Zeng"), 5),
    (("萧", "Xiao"), 5), (("田", "Tian"), 5), (("董", "Dong"), 5), (("潘", "Pan"), 4),
    (("袁", "Yuan"), 4), (("蔡", "Cai"), 4), (("蒋", "Jiang"), 4), (("余", "Yu"), 4),
];

#[rustfmt::skip]
const GIVEN: [(&str, &str); 64] = [
    ("伟", "wei"), ("芳", "fang"), ("娜", "na"), ("敏", "min"), ("静", "jing"), ("丽", "li"),
    ("强", "qiang"), ("磊", "lei"), ("军", "jun"), ("洋", "yang"), ("勇", "yong"), ("艳", "yan"),
    ("杰", "jie"), ("娟", "juan"), ("涛", "tao"), ("明", "ming"), ("超", "chao"), ("秀", "xiu"),
    ("霞", "xia"), ("平", "ping"), ("刚", "gang"), ("桂", "gui"), ("英", "ying"), ("华", "hua"),
    ("玉", "yu"), ("萍", "ping"), ("红", "hong"), ("建", "jian"), ("文", "wen"), ("玲", "ling"),
    ("波", "bo"), ("辉", "hui"), ("飞", "fei"), ("宁", "ning"), ("浩", "hao"), ("鹏", "peng"),
    ("宇", "yu"), ("晨", "chen"), ("欣", "xin"), ("怡", "yi"), ("佳", "jia"), ("思", "si"),
    ("雨", "yu"), ("梦", "meng"), ("子", "zi"), ("嘉", "jia"), ("轩", "xuan"), ("涵", "han"),
    ("博", "bo"), ("雪", "xue"), ("琳", "lin"), ("凯", "kai"), ("俊", "jun"), ("慧", "hui"),
    ("莉", "li"), ("海", "hai"), ("春", "chun"), ("志", "zhi"), ("永", "yong"), ("国", "guo"),
    ("立", "li"), ("安", "an"), ("诚", "cheng"), ("岚", "lan"),
];

#[rustfmt::skip]
const FIRST: [&str; 24] = [
    "Emily", "James", "Sophie", "Daniel", "Laura", "Michael", "Anna", "Thomas", "Grace", "Peter",
    "Olivia", "Samuel", "Helen", "Robert", "Claire", "Andrew", "Julia", "Martin", "Nina", "Oliver",
    "Rachel", "Simon", "Victoria", "Walter",
];
#[rustfmt::skip]
const LAST: [&str; 24] = [
    "Carter", "Bennett", "Hughes", "Morgan", "Fischer", "Novak", "Sullivan", "Keller", "Lindgren",
    "Marsh", "Doyle", "Ferrari", "Whitman", "Osborne", "Tanaka", "Silva", "Petrov", "Hansen",
    "Laurent", "Mitchell", "Walsh", "Reid", "Schmidt", "Parker",
];

/// A Chinese name.
pub fn chinese(chance: &mut Chance) -> Name {
    let (surname, surname_latin) = chance.weighted(&SURNAMES);
    let (first, first_latin) = chance.pick(&GIVEN);
    let (second, second_latin) = if chance.percent(68) {
        chance.pick(&GIVEN)
    } else {
        ("", "")
    };
    let mut given = format!("{first_latin}{second_latin}");
    if let Some(initial) = given.get_mut(..1) {
        initial.make_ascii_uppercase();
    }
    Name {
        written: format!("{surname}{first}{second}"),
        latin: format!("{surname_latin} {given}"),
    }
}

/// An English name.
pub fn english(chance: &mut Chance) -> Name {
    let written = format!("{} {}", chance.pick(&FIRST), chance.pick(&LAST));
    Name {
        latin: written.clone(),
        written,
    }
}
