//! The provinces as customers spread over them, with cities.

use entity::enums::Province;

/// A province with its weight and its cities.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The province.
    pub province: Province,
    /// Its people in millions, roughly.
    pub people: u32,
    /// Cities, Chinese and English.
    pub cities: [(&'static str, &'static str); 3],
}

const fn place(
    province: Province,
    people: u32,
    cities: [(&'static str, &'static str); 3],
) -> Place {
    Place {
        province,
        people,
        cities,
    }
}

/// Every province.
#[rustfmt::skip]
pub const PLACES: [Place; 34] = [
    place(Province::Beijing, 22, [("北京海淀", "Beijing Haidian"), ("北京朝阳", "Beijing Chaoyang"), ("北京通州", "Beijing Tongzhou")]),
    place(Province::Tianjin, 14, [("天津滨海", "Tianjin Binhai"), ("天津和平", "Tianjin Heping"), ("天津西青", "Tianjin Xiqing")]),
    place(Province::Hebei, 74, [("石家庄", "Shijiazhuang"), ("唐山", "Tangshan"), ("保定", "Baoding")]),
    place(Province::Shanxi, 35, [("太原", "Taiyuan"), ("大同", "Datong"), ("长治", "Changzhi")]),
    place(Province::InnerMongolia, 24, [("呼和浩特", "Hohhot"), ("包头", "Baotou"), ("赤峰", "Chifeng")]),
    place(Province::Liaoning, 42, [("沈阳", "Shenyang"), ("大连", "Dalian"), ("鞍山", "Anshan")]),
    place(Province::Jilin, 23, [("长春", "Changchun"), ("吉林", "Jilin"), ("延吉", "Yanji")]),
    place(Province::Heilongjiang, 31, [("哈尔滨", "Harbin"), ("大庆", "Daqing"), ("齐齐哈尔", "Qiqihar")]),
    place(Province::Shanghai, 25, [("上海浦东", "Shanghai Pudong"), ("上海闵行", "Shanghai Minhang"), ("上海嘉定", "Shanghai Jiading")]),
    place(Province::Jiangsu, 85, [("南京", "Nanjing"), ("苏州", "Suzhou"), ("无锡", "Wuxi")]),
    place(Province::Zhejiang, 66, [("杭州", "Hangzhou"), ("宁波", "Ningbo"), ("温州", "Wenzhou")]),
    place(Province::Anhui, 61, [("合肥", "Hefei"), ("芜湖", "Wuhu"), ("蚌埠", "Bengbu")]),
    place(Province::Fujian, 42, [("福州", "Fuzhou"), ("厦门", "Xiamen"), ("泉州", "Quanzhou")]),
    place(Province::Jiangxi, 45, [("南昌", "Nanchang"), ("赣州", "Ganzhou"), ("九江", "Jiujiang")]),
    place(Province::Shandong, 101, [("济南", "Jinan"), ("青岛", "Qingdao"), ("烟台", "Yantai")]),
    place(Province::Henan, 98, [("郑州", "Zhengzhou"), ("洛阳", "Luoyang"), ("南阳", "Nanyang")]),
    place(Province::Hubei, 58, [("武汉", "Wuhan"), ("宜昌", "Yichang"), ("襄阳", "Xiangyang")]),
    place(Province::Hunan, 66, [("长沙", "Changsha"), ("株洲", "Zhuzhou"), ("岳阳", "Yueyang")]),
    place(Province::Guangdong, 127, [("广州", "Guangzhou"), ("深圳", "Shenzhen"), ("东莞", "Dongguan")]),
    place(Province::Guangxi, 50, [("南宁", "Nanning"), ("桂林", "Guilin"), ("柳州", "Liuzhou")]),
    place(Province::Hainan, 10, [("海口", "Haikou"), ("三亚", "Sanya"), ("儋州", "Danzhou")]),
    place(Province::Chongqing, 32, [("重庆渝北", "Chongqing Yubei"), ("重庆江北", "Chongqing Jiangbei"), ("重庆万州", "Chongqing Wanzhou")]),
    place(Province::Sichuan, 84, [("成都", "Chengdu"), ("绵阳", "Mianyang"), ("宜宾", "Yibin")]),
    place(Province::Guizhou, 39, [("贵阳", "Guiyang"), ("遵义", "Zunyi"), ("六盘水", "Liupanshui")]),
    place(Province::Yunnan, 47, [("昆明", "Kunming"), ("大理", "Dali"), ("曲靖", "Qujing")]),
    place(Province::Tibet, 4, [("拉萨", "Lhasa"), ("日喀则", "Shigatse"), ("林芝", "Nyingchi")]),
    place(Province::Shaanxi, 40, [("西安", "Xi'an"), ("宝鸡", "Baoji"), ("咸阳", "Xianyang")]),
    place(Province::Gansu, 25, [("兰州", "Lanzhou"), ("天水", "Tianshui"), ("酒泉", "Jiuquan")]),
    place(Province::Qinghai, 6, [("西宁", "Xining"), ("海东", "Haidong"), ("格尔木", "Golmud")]),
    place(Province::Ningxia, 7, [("银川", "Yinchuan"), ("石嘴山", "Shizuishan"), ("吴忠", "Wuzhong")]),
    place(Province::Xinjiang, 26, [("乌鲁木齐", "Urumqi"), ("克拉玛依", "Karamay"), ("喀什", "Kashgar")]),
    place(Province::HongKong, 8, [("香港九龙", "Kowloon"), ("香港沙田", "Sha Tin"), ("香港荃湾", "Tsuen Wan")]),
    place(Province::Macao, 1, [("澳门", "Macao"), ("澳门氹仔", "Taipa"), ("澳门路环", "Coloane")]),
    place(Province::Taiwan, 3, [("台北", "Taipei"), ("台中", "Taichung"), ("高雄", "Kaohsiung")]),
];
